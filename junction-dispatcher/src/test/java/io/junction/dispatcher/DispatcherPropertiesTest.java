package io.junction.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DispatcherPropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void the_defaults_are_those_of_the_documentation() {
    context.run(
        started -> {
          var properties = started.getBean(DispatcherProperties.class);
          assertThat(properties.poolSize()).isEqualTo(10);
          assertThat(properties.retention()).isEqualTo(Duration.ofDays(30));
          assertThat(properties.events().retention()).isEqualTo(Duration.ofDays(7));
          assertThat(properties.dispatcher().poll()).isEqualTo(Duration.ofSeconds(2));
          assertThat(properties.limiter().enabled()).isTrue();
          assertThat(properties.reaper().takeUp()).isEqualTo(Duration.ofSeconds(30));
        });
  }

  @Test
  void every_error_is_told_at_once() {
    context
        .withPropertyValues(
            "junction.pool-size=8",
            "junction.dispatcher.batch=0",
            "junction.reaper.take-up=1s",
            "junction.events.retention=59m",
            "junction.transaction-timeout=10s")
        .run(
            started ->
                assertThat(started)
                    .getFailure()
                    .rootCause()
                    .isInstanceOfSatisfying(
                        BindValidationException.class,
                        refused ->
                            assertThat(refused.getValidationErrors().getAllErrors())
                                .hasSize(5)
                                .anySatisfy(
                                    error ->
                                        assertThat(error.getDefaultMessage())
                                            .contains("pool-size must be at least 9"))));
  }

  @EnableConfigurationProperties(DispatcherProperties.class)
  static class Properties {}
}
