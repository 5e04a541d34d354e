package io.junction.dispatcher;

import io.junction.common.CommonConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The dispatcher's process. */
@SpringBootApplication
@EnableConfigurationProperties(DispatcherProperties.class)
@Import(CommonConfiguration.class)
public class JunctionDispatcher {

  /** Runs it until the process is stopped. */
  public static void main(String[] args) {
    start(args);
  }

  /** Starts it in this JVM, beside whatever else runs there; closing the context stops it. */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(JunctionDispatcher.class)
        .properties("spring.config.name=junction-dispatcher")
        .run(args);
  }
}
