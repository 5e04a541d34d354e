package io.junction.dispatcher.notify.mail;

import io.junction.dispatcher.notify.Answer;
import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/** What a mail server's refusal says of a message. */
final class MailAnswers {

  private MailAnswers() {}

  static Answer of(MailException failure) {
    var addresses = addresses(failure);
    if (addresses != null) {
      return of(addresses);
    }
    if (failure instanceof MailAuthenticationException) {
      return new Answer.Failed("the mail server does not take spring.mail.username", null);
    }
    return new Answer.Failed("the mail server did not take it, or was not reached", null);
  }

  private static Answer of(SendFailedException failure) {
    int sent = count(failure.getValidSentAddresses());
    int refused = count(failure.getInvalidAddresses());
    if (sent > 0) {
      return new Answer.Delivered("the mail server took it for " + sent + ", not for the others");
    }
    if (refused > 0 && count(failure.getValidUnsentAddresses()) == 0) {
      return new Answer.Refused("the mail server knows none of the addresses");
    }
    return new Answer.Failed("the mail server does not take it now", null);
  }

  private static int count(Address @Nullable [] addresses) {
    return addresses == null ? 0 : addresses.length;
  }

  private static @Nullable SendFailedException addresses(MailException failure) {
    if (failure instanceof MailSendException sending) {
      for (var each : sending.getMessageExceptions()) {
        if (each instanceof SendFailedException addresses) {
          return addresses;
        }
      }
    }
    return null;
  }
}
