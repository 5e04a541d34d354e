package io.junction.dispatcher;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What all loops share. */
@Configuration(proxyBeanMethods = false)
class DispatcherConfiguration {

  /** Bounds every statement of a round, so that no loop hangs and a stop ends in time. */
  @Bean
  TransactionTemplate round(
      PlatformTransactionManager transactions, DispatcherProperties properties) {
    var template = new TransactionTemplate(transactions);
    template.setTimeout((int) properties.transactionTimeout().toSeconds());
    return template;
  }
}
