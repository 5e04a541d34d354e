package io.junction.api.heartbeat;

import io.junction.common.hint.HintListener;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets hints about workers wake their polls. */
@Configuration(proxyBeanMethods = false)
class HeartbeatHints {

  @Bean
  HintListener hintListener(JdbcConnectionDetails server, ParkedPolls polls) {
    return HintListener.forWorkers(server, polls::hear);
  }
}
