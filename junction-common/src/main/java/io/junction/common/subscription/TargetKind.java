package io.junction.common.subscription;

import java.util.Locale;

/** How a target is spoken to. */
public enum TargetKind {
  WEBHOOK,
  GITHUB,
  EMAIL,
  SLACK,
  IRC;

  /** The one spelling in SQL, JSON, metrics and docs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static TargetKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
