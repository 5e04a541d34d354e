package io.junction.dispatcher.notify.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a request. */
public sealed interface Reply {

  /**
   * The target answered.
   *
   * @param headers by their names in small letters; of a repeated one the first
   * @param body its first 64 KiB
   */
  record Answered(int status, Map<String, String> headers, String body) implements Reply {

    public Answered {
      headers = Map.copyOf(headers);
    }

    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public boolean good() {
      return status >= 200 && status < 300;
    }
  }

  /** There was no answer; the next time there may be one. */
  record Unreached(String reason) implements Reply {}

  /** Junction does not send there. */
  record Forbidden(String reason) implements Reply {}
}
