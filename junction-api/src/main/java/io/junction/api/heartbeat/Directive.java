package io.junction.api.heartbeat;

import java.util.Locale;

/** What a worker is asked to do as a whole. */
enum Directive {
  RUN,
  DRAIN,
  STOP;

  static Directive of(boolean retired, boolean draining) {
    if (retired) {
      return STOP;
    }
    return draining ? DRAIN : RUN;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
