package io.junction.dispatcher.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.NotificationProperties;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Sender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.mail.javamail.JavaMailSender;

class SendingPropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
          .withUserConfiguration(Senders.class);

  @Test
  void without_any_setting_there_is_a_sender_of_each_kind_and_no_way_into_the_house() {
    context.run(
        started -> {
          assertThat(started.getBeansOfType(Sender.class).values())
              .extracting(Sender::kind)
              .containsExactlyInAnyOrder(TargetKind.values());
          assertThat(started).doesNotHaveBean(JavaMailSender.class);
          var properties = started.getBean(SendingProperties.class);
          assertThat(properties.mailFrom()).isNull();
          assertThat(properties.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        });
  }

  @Test
  void settings_are_checked_at_the_start() {
    context
        .withPropertyValues("junction.notifications.request-timeout=11s")
        .run(started -> assertThat(started).hasFailed());
    context
        .withPropertyValues("junction.notifications.mail-from=nobody at all")
        .run(
            started ->
                assertThat(started)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("mail-from must be one address"));
    context
        .withPropertyValues(
            "junction.notifications.mail-from=Junction <junction@example.org>",
            "spring.mail.host=127.0.0.1")
        .run(started -> assertThat(started).hasSingleBean(JavaMailSender.class));
  }

  @EnableConfigurationProperties(NotificationProperties.class)
  @ComponentScan(
      basePackages = {
        "io.junction.dispatcher.notify.github",
        "io.junction.dispatcher.notify.http",
        "io.junction.dispatcher.notify.irc",
        "io.junction.dispatcher.notify.mail",
        "io.junction.dispatcher.notify.slack",
        "io.junction.dispatcher.notify.webhook"
      },
      excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test.*"))
  static class Senders {}
}
