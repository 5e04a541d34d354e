package io.junction.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Does something while a logger says less, where what it reports is expected. */
final class Quietly {

  private Quietly() {}

  /** The logger's own level is back afterwards. Without Logback it goes on saying everything. */
  static <T> T with(String name, Level level, Supplier<T> action) {
    if (!(LoggerFactory.getLogger(name) instanceof Logger logger)) {
      return action.get();
    }
    Level before = logger.getLevel();
    logger.setLevel(level);
    try {
      return action.get();
    } finally {
      logger.setLevel(before);
    }
  }
}
