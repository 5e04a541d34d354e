package io.junction.api.heartbeat;

import io.junction.api.poll.RollCall;
import io.junction.api.poll.Seats;
import io.junction.common.hint.HintListener;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets hints about workers wake their polls. */
@Configuration(proxyBeanMethods = false)
class HeartbeatHints {

  @Bean
  HintListener hintListener(JdbcConnectionDetails server, Seats seats, RollCall rollCall) {
    return HintListener.forWorkers(
        server,
        hint -> {
          seats.hear(hint);
          rollCall.hear(hint);
        });
  }
}
