package io.junction.standalone.house;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends what is logged into a file: the console is the user's. Two applications share this JVM. */
final class Logs {

  private static final String CONFIGURATION = "/junction-standalone-logback.xml";

  private Logs() {}

  /** From now on; before it nothing may have been logged. */
  static void into(Path file) {
    // Each of the applications would otherwise set up the logging of both.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    var logs = (LoggerContext) LoggerFactory.getILoggerFactory();
    logs.reset();
    logs.putProperty("file", file.toString());
    var configurator = new JoranConfigurator();
    configurator.setContext(logs);
    try {
      configurator.doConfigure(Logs.class.getResource(CONFIGURATION));
    } catch (JoranException e) {
      throw new IllegalStateException(CONFIGURATION + " is no configuration of Logback", e);
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
