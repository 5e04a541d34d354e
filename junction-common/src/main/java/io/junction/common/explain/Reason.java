package io.junction.common.explain;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is true of a job and keeps it from the next round.
 *
 * @param text a sentence for people, without a full stop
 * @param name of the owner, repository, queue, group or worker that it is about
 * @param count what is counted, such as the jobs that run
 * @param max how many of them may
 * @param heldBy some jobs whose end would change it, {@link #MOST_HOLDERS} at most
 * @param untilMs milliseconds until it changes by itself
 */
public record Reason(
    Kind kind,
    String text,
    @Nullable String name,
    @Nullable Integer count,
    @Nullable Integer max,
    List<Long> heldBy,
    @Nullable Long untilMs) {

  public static final int MOST_HOLDERS = 20;

  /** What it can be. The first ones bind; the last ones tell what is under way, or over. */
  public enum Kind {
    STAGE,
    HELD,
    OWNER_LIMIT,
    OWNER_QUEUE_LIMIT,
    REPOSITORY_LIMIT,
    CONCURRENCY_GROUP,
    LINE,
    QUEUE_PAUSED,
    QUEUE_CAPACITY,
    NO_WORKER,
    WORKERS_FULL,
    ASSIGNED,
    RECEIVED,
    RUNNING,
    TIMEOUT,
    ENDED;

    /** As it is spelled outside of Java. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it goes by itself as jobs end, so that its end can be estimated. */
    boolean isACrowd() {
      return switch (this) {
        case OWNER_LIMIT,
            OWNER_QUEUE_LIMIT,
            REPOSITORY_LIMIT,
            CONCURRENCY_GROUP,
            LINE,
            QUEUE_CAPACITY,
            WORKERS_FULL ->
            true;
        case STAGE, HELD, QUEUE_PAUSED, NO_WORKER, ASSIGNED, RECEIVED, RUNNING, TIMEOUT, ENDED ->
            false;
      };
    }
  }

  static Reason of(Kind kind, String text) {
    return new Reason(kind, text, null, null, null, List.of(), null);
  }

  Reason named(String subject) {
    return new Reason(kind, text, subject, count, max, heldBy, untilMs);
  }

  Reason counted(int counted, int atMost) {
    return new Reason(kind, text, name, counted, atMost, heldBy, untilMs);
  }

  Reason counted(int counted) {
    return new Reason(kind, text, name, counted, null, heldBy, untilMs);
  }

  Reason heldBy(List<Long> jobs) {
    return new Reason(kind, text, name, count, max, List.copyOf(jobs), untilMs);
  }

  Reason until(@Nullable Long ms) {
    return new Reason(kind, text, name, count, max, heldBy, ms);
  }
}
