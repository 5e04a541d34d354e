package io.junction.dispatcher.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.BuildNews.JobNews;
import io.junction.common.subscription.Target;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.http.RawTarget;
import io.junction.dispatcher.notify.http.SendingProperties;
import io.junction.dispatcher.notify.text.Samples;
import io.junction.dispatcher.notify.text.Transcript;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailSenderHttpTest {

  private static final String FROM = "Junction <junction@ci.example.org>";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void a_mail_arrives_as_the_transcript_shows() throws Exception {
    assertThat(send(Samples.failed(), "ops@example.org", "dev@example.org"))
        .isEqualTo(new Answer.Delivered("the mail server took it for 2"));
    var mail = server.getReceivedMessages()[0];
    var boundary = ((MimeMultipart) mail.getContent()).getContentType().split("\"", -1)[1];
    var text =
        GreenMailUtil.getWholeMessage(mail)
            .replace("\r\n", "\n")
            .replace(boundary, "----=_boundary")
            .replaceAll("(?s)Received: .*?\n(?=\\S)", "")
            .replaceAll("Return-Path: .*\n", "");
    Transcript.compare("email", text.strip() + "\n");
  }

  @Test
  void nobody_sees_who_else_it_is_for() throws Exception {
    send(Samples.failed(), "ops@example.org", "dev@example.org");
    assertThat(server.getReceivedMessages()).hasSize(2);
    for (var mail : server.getReceivedMessages()) {
      var text = GreenMailUtil.getWholeMessage(mail);
      assertThat(text.substring(text.indexOf("From:")))
          .doesNotContain("ops@example.org", "dev@example.org");
      assertThat(mail.getHeader("Bcc")).isNull();
    }
    server.purgeEmailFromAllMailboxes();
    send(Samples.failed(), "ops@example.org");
    assertThat(only().getHeader("To")).containsExactly("ops@example.org");
  }

  @Test
  void its_subject_says_how_the_build_did() throws Exception {
    var minimal = "svenfuchs/minimal#12 (main - 62aae5f)";
    assertThat(subject("passed", "passed")).isEqualTo("Passed: " + minimal);
    assertThat(subject("passed", "failed")).isEqualTo("Fixed: " + minimal);
    assertThat(subject("failed", "passed")).isEqualTo("Broken: " + minimal);
    assertThat(subject("failed", "failed")).isEqualTo("Still failing: " + minimal);
    assertThat(subject("failed", null)).isEqualTo("Failed: " + minimal);
    assertThat(subject("errored", "passed")).isEqualTo("Errored: " + minimal);
    assertThat(subject("canceled", "passed")).isEqualTo("Canceled: " + minimal);
  }

  @Test
  void a_repetition_has_the_same_id_and_a_builds_mails_one_thread() throws Exception {
    send(Samples.failed(), "ops@example.org");
    send(Samples.failed(), "ops@example.org");
    var mails = server.getReceivedMessages();
    assertThat(mails[0].getMessageID())
        .isEqualTo("<junction." + Samples.DELIVERY + "@ci.example.org>")
        .isEqualTo(mails[1].getMessageID());
    assertThat(mails[0].getHeader("References"))
        .containsExactly("<junction.build.42@ci.example.org>");
    assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void nothing_of_a_build_becomes_a_header_or_markup() throws Exception {
    var hostile = "x\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>\u202egnp";
    send(Samples.saying(hostile), "ops@example.org");
    assertThat(server.getReceivedMessages()).hasSize(1);
    var mail = only();
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).doesNotContain("\r", "\n", "\u202e");
    var parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void a_long_message_is_cut_and_an_unknown_build_has_no_holes() throws Exception {
    send(
        Samples.news(Samples.build("failed", null, "ö".repeat(10_000), "main")), "ops@example.org");
    assertThat(only().getSize()).isLessThan(40_000);
    server.purgeEmailFromAllMailboxes();
    send(Samples.bare(), "ops@example.org");
    assertThat(only().getSubject()).isEqualTo("Errored: #42");
  }

  @Test
  void of_more_than_50_jobs_it_says_how_many_are_left_out() throws Exception {
    assertThat(textOfJobs(50)).contains("Job 12.50: failed").doesNotContain("more");
    assertThat(textOfJobs(57))
        .contains("Job 12.50: failed\nJobs: and 7 more\n")
        .doesNotContain("Job 12.51");
  }

  private String textOfJobs(int count) throws Exception {
    server.purgeEmailFromAllMailboxes();
    var one = Samples.failed();
    var jobs =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> new JobNews(n, "12." + n, "test", "failed", false, null, null))
            .toList();
    send(
        new BuildNews(one.kind(), one.event(), one.version(), one.at(), one.build(), jobs),
        "ops@example.org");
    var parts = (MimeMultipart) only().getContent();
    return parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n");
  }

  @Test
  void without_a_server_or_a_sender_the_setting_is_named() {
    var nobody = new EmailSender(provider(null), properties(FROM));
    var target = new Target.Email(List.of("ops@example.org"));
    assertThat(nobody.send(Samples.message(target, Samples.failed())))
        .isEqualTo(new Answer.Refused("there is no mail server: set spring.mail.host"));
    var anonymous = new EmailSender(provider(smtp(server.getSmtp().getPort())), properties(null));
    assertThat(anonymous.send(Samples.message(target, Samples.failed())))
        .isEqualTo(
            new Answer.Refused("mails are from nobody: set junction.notifications.mail-from"));
  }

  @Test
  void what_is_no_address_is_refused() {
    assertThat(send(Samples.failed(), "ops@example.org\r\nBcc: victim@example.org"))
        .isEqualTo(new Answer.Refused("one of the addresses is none"));
    assertThat(send(Samples.failed())).isInstanceOf(Answer.Refused.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void an_address_that_the_server_does_not_know_keeps_nobody_elses_mail_back() throws Exception {
    try (var picky = new RawTarget(socket -> converse(socket, "550 5.1.1 nobody"))) {
      assertThat(sendTo(picky.port(), "no@example.org", "ops@example.org"))
          .isEqualTo(new Answer.Delivered("the mail server took it for 1, not for the others"));
      assertThat(sendTo(picky.port(), "no@example.org"))
          .isEqualTo(new Answer.Refused("the mail server knows none of the addresses"));
    }
    try (var busy = new RawTarget(socket -> converse(socket, "451 4.7.1 later"))) {
      assertThat(sendTo(busy.port(), "no@example.org"))
          .isEqualTo(new Answer.Failed("the mail server does not take it now", null));
    }
  }

  @Test
  void a_server_that_is_silent_or_away_is_tried_again() throws Exception {
    try (var silent = new RawTarget(socket -> {})) {
      assertThat(sendTo(silent.port(), "ops@example.org")).isInstanceOf(Answer.Failed.class);
    }
    int port = server.getSmtp().getPort();
    server.stop();
    assertThat(sendTo(port, "ops@example.org")).isInstanceOf(Answer.Failed.class);
  }

  /** A server that says this of each address that begins with no. */
  private static void converse(Socket socket, String no) throws IOException {
    var reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    say(socket, "220 picky.test");
    boolean data = false;
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (data) {
        data = !line.equals(".");
        if (!data) {
          say(socket, "250 taken");
        }
      } else if (line.toUpperCase(Locale.ROOT).startsWith("DATA")) {
        data = true;
        say(socket, "354 go on");
      } else {
        say(socket, line.contains("TO:<no@") ? no : "250 ok");
      }
    }
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String subject(String state, @Nullable String before) throws Exception {
    server.purgeEmailFromAllMailboxes();
    send(Samples.news(Samples.build(state, before, "", "main")), "ops@example.org");
    return only().getSubject();
  }

  private MimeMessage only() {
    var mails = server.getReceivedMessages();
    assertThat(mails).hasSize(1);
    return mails[0];
  }

  private Answer send(BuildNews news, String... recipients) {
    return send(server.getSmtp().getPort(), news, recipients);
  }

  private static Answer sendTo(int port, String... recipients) {
    return send(port, Samples.failed(), recipients);
  }

  private static Answer send(int port, BuildNews news, String... recipients) {
    return new EmailSender(provider(smtp(port)), properties(FROM))
        .send(Samples.message(new Target.Email(List.of(recipients)), news));
  }

  private static SendingProperties properties(@Nullable String from) {
    return new SendingProperties(from, Duration.ofSeconds(10));
  }

  private static JavaMailSender smtp(int port) {
    var sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(port);
    var properties = new Properties();
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.timeout", "300");
    sender.setJavaMailProperties(properties);
    return sender;
  }

  private static ObjectProvider<JavaMailSender> provider(@Nullable JavaMailSender sender) {
    var beans = new StaticListableBeanFactory();
    if (sender != null) {
      beans.addBean("mail", sender);
    }
    return beans.getBeanProvider(JavaMailSender.class);
  }
}
