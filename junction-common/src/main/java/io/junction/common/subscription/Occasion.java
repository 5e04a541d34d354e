package io.junction.common.subscription;

import java.util.Locale;

/** On which of the builds that end in a certain way a message is sent. */
public enum Occasion {
  ALWAYS,
  NEVER,
  /** Only when the build before it on its branch ended otherwise, or when there was none. */
  CHANGE;

  /** The one spelling in SQL, JSON and docs. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The occasion of this spelling.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Occasion of(String text) {
    for (var occasion : values()) {
      if (occasion.text().equals(text)) {
        return occasion;
      }
    }
    throw new IllegalArgumentException("is not one of always, never, change");
  }
}
