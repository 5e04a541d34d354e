package io.junction.dispatcher.loop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** How a loop's errors are told, and how long each lets it wait. */
final class Trouble {

  private static final Logger log = LoggerFactory.getLogger(Trouble.class);
  private static final long SHORTEST_MS = 100;
  private static final long LONGEST_MS = 10_000;

  private final String loop;
  private int failures;
  private @Nullable String condition;

  Trouble(String loop) {
    this.loop = loop;
  }

  /** Tells a condition that is new, and says how long to pause: 100 ms to 10 s, jittered. */
  Duration after(Throwable error) {
    var cause = NestedExceptionUtils.getMostSpecificCause(error);
    var now = error.getClass().getName() + ' ' + cause.getClass().getName();
    if (!now.equals(condition)) {
      tell(error, cause);
    }
    condition = now;
    long longest = Math.min(LONGEST_MS, SHORTEST_MS << Math.min(failures, 10));
    failures = failures + 1;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }

  void over() {
    if (condition != null) {
      log.info("the {} loop works again after {} failed rounds", loop, failures);
    }
    condition = null;
    failures = 0;
  }

  private void tell(Throwable error, Throwable cause) {
    if (error instanceof DataAccessException || error instanceof TransactionException) {
      log.warn("a {} round failed, it is tried again: {}", loop, cause.getMessage());
    } else {
      log.error("a {} round failed by a bug, it is tried again", loop, error);
    }
  }
}
