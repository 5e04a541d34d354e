package io.junction.common.subscription;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Component;

/**
 * Keeps secrets for the database: AES-256 in GCM, so that what was changed there does not open.
 *
 * <p>What is sealed begins with the format's number and the first four bytes of the key's digest,
 * which say nothing of the key; the rest is the encryptor's. With several keys the first seals and
 * each opens what it has sealed.
 */
@Component
public class SecretBox {

  /** What an operator is told who has no key. */
  public static final String NEEDS_KEY =
      "needs a key to encrypt it with: set JUNCTION_NOTIFICATIONS_KEY (32 bytes in base64)";

  private static final byte FORMAT = 1;
  private static final int ID_BYTES = 4;

  /** What the encryptor adds: a random start and the seal. */
  private static final int ENCRYPTOR_BYTES = 32;

  private final List<Key> keys = new ArrayList<>();

  SecretBox(NotificationProperties properties) {
    for (var encoded : properties.key()) {
      keys.add(Key.of(Base64.getDecoder().decode(encoded)));
    }
  }

  /** Whether there is a key to seal with. */
  public boolean hasKey() {
    return !keys.isEmpty();
  }

  /**
   * Seals a text, differently each time.
   *
   * @throws IllegalStateException without a key
   */
  public byte[] seal(String text) {
    if (keys.isEmpty()) {
      throw new IllegalStateException("a secret " + NEEDS_KEY);
    }
    var key = keys.getFirst();
    var sealed = key.encryptor.encrypt(text.getBytes(StandardCharsets.UTF_8));
    var bytes = new byte[1 + ID_BYTES + sealed.length];
    bytes[0] = FORMAT;
    System.arraycopy(HexFormat.of().parseHex(key.id), 0, bytes, 1, ID_BYTES);
    System.arraycopy(sealed, 0, bytes, 1 + ID_BYTES, sealed.length);
    return bytes;
  }

  /** What was sealed; empty when none of the keys has sealed it, or somebody has changed it. */
  public Optional<String> open(byte[] bytes) {
    if (bytes.length < 1 + ID_BYTES + ENCRYPTOR_BYTES || bytes[0] != FORMAT) {
      return Optional.empty();
    }
    var id = HexFormat.of().formatHex(bytes, 1, 1 + ID_BYTES);
    var sealed = Arrays.copyOfRange(bytes, 1 + ID_BYTES, bytes.length);
    for (var key : keys) {
      if (key.id.equals(id)) {
        try {
          return Optional.of(new String(key.encryptor.decrypt(sealed), StandardCharsets.UTF_8));
        } catch (IllegalStateException | IllegalArgumentException changed) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private record Key(String id, BytesEncryptor encryptor) {

    static Key of(byte[] bytes) {
      return new Key(
          HexFormat.of().formatHex(sha256(bytes), 0, ID_BYTES),
          AesGcmBytesEncryptor.withSecretKey(new SecretKeySpec(bytes, "AES")).build());
    }

    private static byte[] sha256(byte[] bytes) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
