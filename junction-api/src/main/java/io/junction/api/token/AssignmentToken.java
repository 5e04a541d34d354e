package io.junction.api.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The token of one assignment: {@code ja_}, then in base64url the ids of worker and assignment and
 * the HMAC-SHA256 of both by the SHA-256 of the worker's own token. The worker makes it without
 * asking, for what it does not trust with its own; nobody has to keep it.
 */
record AssignmentToken(UUID worker, UUID assignment, String text) {

  private static final String PREFIX = "ja_";
  private static final int IDS = 32;
  private static final int MAC = 32;

  /** Null when the text has not the form of such a token. */
  static @Nullable AssignmentToken parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return null;
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
      if (bytes.remaining() != IDS + MAC) {
        return null;
      }
      var worker = new UUID(bytes.getLong(), bytes.getLong());
      var assignment = new UUID(bytes.getLong(), bytes.getLong());
      return new AssignmentToken(worker, assignment, text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** As its worker makes it. */
  static String create(UUID worker, UUID assignment, byte[] workerTokenHash) {
    var bytes =
        ByteBuffer.allocate(IDS + MAC)
            .put(ids(worker, assignment))
            .put(macOf(worker, assignment, workerTokenHash))
            .array();
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether the worker with this hash of its token made it. */
  boolean isMadeWith(byte[] workerTokenHash) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8),
        create(worker, assignment, workerTokenHash).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] macOf(UUID worker, UUID assignment, byte[] key) {
    try {
      var hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(key, "HmacSHA256"));
      return hmac.doFinal(ids(worker, assignment));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] ids(UUID worker, UUID assignment) {
    return ByteBuffer.allocate(IDS)
        .putLong(worker.getMostSignificantBits())
        .putLong(worker.getLeastSignificantBits())
        .putLong(assignment.getMostSignificantBits())
        .putLong(assignment.getLeastSignificantBits())
        .array();
  }
}
