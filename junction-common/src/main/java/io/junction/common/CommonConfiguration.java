package io.junction.common;

import io.junction.common.assignment.RestartLimit;
import io.junction.common.build.SettleBuilds;
import io.junction.common.explain.ExplainJob;
import io.junction.common.hint.Hints;
import io.junction.common.limit.LimitProperties;
import io.junction.common.limit.Worlds;
import io.junction.common.queue.QueueStatements;
import io.junction.common.rule.CurrentRules;
import io.junction.common.rule.QueueRuleProperties;
import io.junction.common.subscription.NotificationProperties;
import io.junction.common.subscription.SecretBox;
import io.junction.common.transition.Transitions;
import io.junction.common.turn.TurnProperties;
import io.junction.common.turn.WaitingStatements;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The domain's entities, repositories and statements, as both processes import them. */
@Configuration(proxyBeanMethods = false)
@EntityScan
@EnableJpaRepositories
@EnableConfigurationProperties({
  LimitProperties.class,
  NotificationProperties.class,
  QueueRuleProperties.class,
  RestartLimit.class,
  TurnProperties.class
})
@ComponentScan(
    basePackageClasses = {
      ExplainJob.class,
      CurrentRules.class,
      Hints.class,
      QueueStatements.class,
      SecretBox.class,
      SettleBuilds.class,
      Transitions.class,
      WaitingStatements.class,
      Worlds.class
    })
public class CommonConfiguration {

  /**
   * For everything that goes by statements alone: no persistence context is opened and closed for
   * each transaction. Whoever uses entities has {@code @Transactional}.
   */
  @Bean
  TransactionTemplate transaction(DataSource database) {
    return new TransactionTemplate(new JdbcTransactionManager(database));
  }
}
