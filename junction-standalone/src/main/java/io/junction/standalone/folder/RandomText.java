package io.junction.standalone.folder;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets that nobody guesses, and no shell or URL has to quote. */
public final class RandomText {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomText() {}

  /** Two characters for each byte. */
  public static String hex(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
