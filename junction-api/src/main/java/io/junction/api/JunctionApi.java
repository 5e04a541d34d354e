package io.junction.api;

import io.junction.common.CommonConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The web service; see the package for its story. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import(CommonConfiguration.class)
public class JunctionApi {

  /** Starts the API in this JVM; the arguments are Spring's ({@code --server.port=8080}). */
  public static ConfigurableApplicationContext start(String... args) {
    return new SpringApplicationBuilder(JunctionApi.class)
        .properties("spring.config.name=junction-api")
        .run(args);
  }

  static void main(String... args) {
    start(args);
  }
}
