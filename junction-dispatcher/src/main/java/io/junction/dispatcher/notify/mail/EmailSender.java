package io.junction.dispatcher.notify.mail;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.Sender;
import io.junction.dispatcher.notify.http.SendingProperties;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Hands a mail to the operator's server. */
@Component
final class EmailSender implements Sender {

  private final ObjectProvider<JavaMailSender> server;
  private final SendingProperties properties;

  EmailSender(ObjectProvider<JavaMailSender> server, SendingProperties properties) {
    this.server = server;
    this.properties = properties;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.EMAIL;
  }

  @Override
  public Answer send(Message message) {
    if (!(message.target() instanceof Target.Email(List<String> recipients))) {
      return new Answer.Refused("these are no addresses of mail");
    }
    var mail = server.getIfAvailable();
    if (mail == null) {
      return new Answer.Refused("there is no mail server: set spring.mail.host");
    }
    if (properties.mailFrom() == null) {
      return new Answer.Refused("mails are from nobody: set junction.notifications.mail-from");
    }
    try {
      return send(mail, message, recipients, new InternetAddress(properties.mailFrom(), true));
    } catch (AddressException e) {
      return new Answer.Refused("one of the addresses is none");
    } catch (MessagingException e) {
      return new Answer.Refused("the mail cannot be written: " + e.getClass().getSimpleName());
    }
  }

  private static Answer send(
      JavaMailSender server, Message message, List<String> recipients, InternetAddress from)
      throws MessagingException {
    if (recipients.isEmpty()) {
      return new Answer.Refused("there is nobody to write to");
    }
    var mail = server.createMimeMessage();
    Envelope.fill(mail, message, recipients, from);
    try {
      server.send(mail);
      return new Answer.Delivered("the mail server took it for " + recipients.size());
    } catch (MailException e) {
      return MailAnswers.of(e);
    }
  }
}
