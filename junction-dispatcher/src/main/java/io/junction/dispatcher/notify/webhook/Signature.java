package io.junction.dispatcher.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks, version 1: HMAC-SHA256 over id, timestamp and body. */
final class Signature {

  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * One for each secret, with a space between.
   *
   * @throws IllegalArgumentException if a secret is not {@code whsec_} and base64; its message says
   *     nothing of the secret
   */
  static String of(List<String> secrets, String id, long timestamp, String body) {
    byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(key(secret), content)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] key(String secret) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      if (secret.startsWith(PREFIX) && key.length > 0) {
        return key;
      }
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      // Told below, without the words of whoever tried to read it.
    }
    throw new IllegalArgumentException("a secret is not " + PREFIX + " and base64");
  }

  private static byte[] hmac(byte[] key, byte[] content) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + HMAC, e);
    }
  }
}
