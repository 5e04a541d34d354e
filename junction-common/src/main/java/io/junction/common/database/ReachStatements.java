package io.junction.common.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first connection of a process, made before anything else of it.
 *
 * <p>Failure: a server that is away, starting or full is waited for, as long as it takes; one that
 * answers and says no (a wrong password, no such database) is a {@link RefusedStart}.
 */
class ReachStatements {

  private static final Logger log = LoggerFactory.getLogger(ReachStatements.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String url;
  private final Properties login = new Properties();

  ReachStatements(String url, @Nullable String username, @Nullable String password) {
    this.url = url;
    login.setProperty("connectTimeout", "5");
    login.setProperty("loginTimeout", "10");
    if (username != null) {
      login.setProperty("user", username);
    }
    if (password != null) {
      login.setProperty("password", password);
    }
  }

  void awaitServer() {
    var pause = FIRST_PAUSE;
    var failure = tryOnce();
    if (failure != null) {
      log.warn(
          "the database at {} does not answer, waiting for it: {}",
          DatabaseUrl.shown(url),
          failure.getMessage());
    }
    boolean waited = failure != null;
    while (failure != null) {
      LockSupport.parkNanos(pause.toNanos());
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      failure = tryOnce();
    }
    if (waited) {
      log.info("the database answers");
    }
  }

  private @Nullable SQLException tryOnce() {
    try {
      DriverManager.getConnection(url, login).close();
      return null;
    } catch (SQLException e) {
      if (isTemporary(e.getSQLState())) {
        return e;
      }
      throw new RefusedStart(
          "The database at "
              + DatabaseUrl.shown(url)
              + " does not let Junction in: "
              + e.getMessage(),
          "Set JUNCTION_DATABASE_URL, JUNCTION_DATABASE_USERNAME and JUNCTION_DATABASE_PASSWORD"
              + " to what that server knows.",
          e);
    }
  }

  /** Connection exceptions (08…), too few resources (53…), starting or stopping (57P0…). */
  private static boolean isTemporary(@Nullable String state) {
    return state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P0");
  }
}
