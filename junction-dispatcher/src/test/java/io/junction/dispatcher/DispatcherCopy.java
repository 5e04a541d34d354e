package io.junction.dispatcher;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import io.junction.dispatcher.notify.Sender;
import io.junction.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** One of several dispatchers: its rounds, with or without its loops, on connections of its own. */
public final class DispatcherCopy implements AutoCloseable {

  private static final int CONNECTIONS = 10;

  /** As the process itself asks for. */
  private static final String PLANS =
      yaml().getProperty("spring.datasource.hikari.connection-init-sql");

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  public DispatcherCopy(Map<String, String> properties, Sender... senders) {
    this(properties, List.of(senders), Beans.class);
  }

  public DispatcherCopy() {
    this(Map.of());
  }

  private DispatcherCopy(Map<String, String> properties, List<Sender> senders, Class<?>... beans) {
    var binder = new Binder(new MapConfigurationPropertySource(properties));
    context.registerBean(
        DispatcherProperties.class,
        () -> binder.bindOrCreate("junction", DispatcherProperties.class));
    context.registerBean(
        NotificationProperties.class,
        () -> binder.bindOrCreate("junction.notifications", NotificationProperties.class));
    context.registerBean(
        LimitProperties.class, () -> binder.bindOrCreate("junction.limits", LimitProperties.class));
    context.registerBean(
        QueueRuleProperties.class,
        () -> binder.bindOrCreate("junction.queue-rules", QueueRuleProperties.class));
    context.registerBean(
        TurnProperties.class, () -> binder.bindOrCreate("junction.dispatch", TurnProperties.class));
    for (var sender : senders) {
      context.registerBean(sender.kind() + "-sender", Sender.class, () -> sender);
    }
    context.register(beans);
    context.refresh();
  }

  /** Runs until it is closed: all of its loops, which are woken by hints and by nothing else. */
  public static DispatcherCopy runningByHints(Map<String, String> properties) {
    return new DispatcherCopy(properties, List.of(), Beans.class, Loops.class);
  }

  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  public <T> Collection<T> all(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  public TransactionTemplate transaction() {
    return get(TransactionTemplate.class);
  }

  @Override
  public void close() {
    context.close();
  }

  private static Properties yaml() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("junction-dispatcher.yml"));
    return Objects.requireNonNull(yaml.getObject());
  }

  /** Where hints are heard. */
  public static JdbcConnectionDetails server() {
    var database = TestDatabase.shared();
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return database.username();
      }

      @Override
      public String getPassword() {
        return database.password();
      }

      @Override
      public String getJdbcUrl() {
        return database.jdbcUrl();
      }
    };
  }

  /** What a copy that runs has more. */
  @ComponentScan("io.junction.dispatcher.loop")
  static class Loops {

    @Bean
    static BeanPostProcessor muted() {
      return Unpolled.MUTED;
    }

    @Bean
    JdbcConnectionDetails details() {
      return server();
    }
  }

  /** Without a stereotype, so that the whole process, which scans this package, passes it over. */
  @EnableTransactionManagement
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
        Worlds.class,
        DispatcherProperties.class
      },
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern = "io\\.junction\\.dispatcher\\.(JunctionDispatcher|loop\\..*)"))
  static class Beans {

    @Bean
    DataSource dataSource() {
      var database = TestDatabase.shared();
      var config = new HikariConfig();
      config.setPoolName("copy");
      config.setJdbcUrl(database.jdbcUrl());
      config.setUsername(database.username());
      config.setPassword(database.password());
      config.setSchema("junction");
      config.setConnectionInitSql(PLANS);
      config.setMinimumIdle(0);
      config.setMaximumPoolSize(CONNECTIONS);
      return new HikariDataSource(config);
    }

    @Bean
    RestartLimit restartLimit() {
      return new RestartLimit(50, Duration.ofHours(6));
    }

    @Bean
    JdbcClient jdbc(DataSource dataSource) {
      return JdbcClient.create(dataSource);
    }

    @Bean
    PlatformTransactionManager transactions(DataSource dataSource) {
      return new DataSourceTransactionManager(dataSource);
    }

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }
}
