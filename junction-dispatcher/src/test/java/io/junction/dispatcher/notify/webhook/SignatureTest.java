package io.junction.dispatcher.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  /** The vector of the libraries of Standard Webhooks, and two of those who invented the form. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '#',
      value = {
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw; msg_p5jXN8AQM9LWM0D4loKWxJek; 1614265330;"
            + " {\"test\": 2432232314}; v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "whsec_plJ3nmyCDGBKInavdOK15jsl; msg_loFOjxBNrRLzqYUf; 1731705121;"
            + " {\"event_type\":\"ping\",\"data\":{\"success\":true}};"
            + " v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD; msg_27UH4WbU6Z5A5EzD8u03UvzRbpk; 1649367553;"
            + " {\"email\":\"test@example.com\",\"username\":\"test_user\"};"
            + " v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
      })
  void the_published_vectors_come_out(
      String secret, String id, long timestamp, String body, String signature) {
    assertThat(Signature.of(List.of(secret), id, timestamp, body)).isEqualTo(signature);
  }

  @Test
  void each_secret_has_its_signature() {
    var old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    var next = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    assertThat(Signature.of(List.of(old, next), "msg_1", 1, "{}"))
        .isEqualTo(
            Signature.of(List.of(old), "msg_1", 1, "{}")
                + " "
                + Signature.of(List.of(next), "msg_1", 1, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "secret", "whsec_***", "WHSEC_c2VjcmV0"})
  void a_secret_of_another_form_is_refused_without_being_told(String secret) {
    assertThatThrownBy(() -> Signature.of(List.of(secret), "msg_1", 1, "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret is not whsec_ and base64");
  }
}
