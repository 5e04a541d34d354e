package io.junction.dispatcher.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

class TroubleTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(Trouble.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Trouble trouble = new Trouble("reap");

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listen_no_more() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void a_condition_is_told_once_and_once_more_when_it_is_over() {
    for (int i = 0; i < 50; i++) {
      trouble.after(new CannotGetJdbcConnectionException("nobody answers"));
    }
    trouble.after(new QueryTimeoutException("too slow"));
    trouble.over();
    trouble.over();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "a reap round failed, it is tried again: nobody answers",
            "a reap round failed, it is tried again: too slow",
            "the reap loop works again after 51 failed rounds");
  }

  @Test
  void only_a_bug_has_a_stack_trace() {
    trouble.after(new CannotGetJdbcConnectionException("nobody answers"));
    trouble.after(new IllegalStateException("a bug"));
    assertThat(lines.list.getFirst().getThrowableProxy()).isNull();
    assertThat(lines.list.getLast().getThrowableProxy()).isNotNull();
  }

  @Test
  void it_pauses_longer_and_longer_but_never_over_ten_seconds() {
    for (int i = 0; i < 100; i++) {
      long least = Math.min(10_000, 100L << Math.min(i, 10)) / 2;
      assertThat(trouble.after(new IllegalStateException("a bug")).toMillis())
          .isBetween(least, Math.min(10_000, least * 2));
    }
    trouble.over();
    assertThat(trouble.after(new IllegalStateException("a bug")).toMillis()).isBetween(50L, 100L);
  }
}
