package io.junction.api.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The token of one worker: {@code jw_}, then its id and 32 random bytes in base64url. It names its
 * worker, so that it can be checked against that row alone.
 *
 * @param text the token itself, known to the worker only
 */
public record WorkerToken(UUID worker, String text) {

  private static final String PREFIX = "jw_";
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  public static WorkerToken create(UUID worker) {
    var random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    var bytes =
        ByteBuffer.allocate(16 + RANDOM_BYTES)
            .putLong(worker.getMostSignificantBits())
            .putLong(worker.getLeastSignificantBits())
            .put(random)
            .array();
    return new WorkerToken(
        worker, PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Null when the text has not the form of a worker's token. */
  static @Nullable WorkerToken parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return null;
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
      if (bytes.remaining() != 16 + RANDOM_BYTES) {
        return null;
      }
      return new WorkerToken(new UUID(bytes.getLong(), bytes.getLong()), text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** SHA-256, as it is kept in the worker's row. */
  public byte[] hash() {
    return sha256(text);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
