package io.junction.dispatcher.notify.mail;

import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.text.Plain;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Puts a letter into a message: its parts, and headers in which no line of anybody else ends. */
final class Envelope {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  /** When the build changed, as RFC 5322 has it; the zone of the process is nobody's business. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Envelope() {}

  static void fill(MimeMessage mail, Message message, List<String> recipients, InternetAddress from)
      throws MessagingException {
    var news = message.news();
    var letter = Letter.of(news);
    var domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    var thread = "<junction.build." + news.build().id() + "@" + domain + ">";
    mail.setFrom(from);
    address(mail, recipients);
    mail.setSubject(letter.subject(), UTF_8);
    mail.setHeader("Date", DATE.format(news.at()));
    mail.setHeader("Message-ID", "<junction." + message.delivery() + "@" + domain + ">");
    mail.setHeader("In-Reply-To", thread);
    mail.setHeader("References", thread);
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setHeader("X-Junction-Build", Long.toString(news.build().id()));
    mail.setHeader("X-Junction-State", Plain.oneLine(news.build().state()));
    mail.setContent(alternatives(letter));
  }

  private static void address(MimeMessage mail, List<String> recipients) throws MessagingException {
    if (recipients.size() == 1) {
      mail.setRecipient(RecipientType.TO, new InternetAddress(recipients.getFirst(), true));
      return;
    }
    mail.setHeader("To", "undisclosed-recipients:;");
    for (var recipient : recipients) {
      mail.addRecipient(RecipientType.BCC, new InternetAddress(recipient, true));
    }
  }

  private static MimeMultipart alternatives(Letter letter) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8);
    var html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8, "html");
    return new MimeMultipart("alternative", text, html);
  }
}
