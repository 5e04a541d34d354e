package io.junction.dispatcher.notify.webhook;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock that signatures are dated by. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

  /** A target compares it with its own clock, so it is the world's time and not the database's. */
  @Bean
  InstantSource signingClock() {
    return InstantSource.system();
  }
}
