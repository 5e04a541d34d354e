package io.junction.dispatcher.notify.http;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator may set of how notifications are sent, below {@code junction.notifications.}.
 *
 * @param mailFrom Who mails are from, an address with or without a name. Without it, and without
 *     {@code spring.mail.host}, no mail is sent.
 * @param requestTimeout How long a target may take for one request, or for one visit to an IRC
 *     server, 100 ms to 10 s. Default 10 s.
 */
@Validated
@ConfigurationProperties("junction.notifications")
public record SendingProperties(
    @Nullable String mailFrom,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(seconds = 10)
        Duration requestTimeout) {

  @AssertTrue(message = "mail-from must be one address, such as Junction <junction@example.org>")
  boolean isMailFromOneAddress() {
    if (mailFrom == null) {
      return true;
    }
    try {
      new InternetAddress(mailFrom, true);
      return true;
    } catch (AddressException e) {
      return false;
    }
  }
}
