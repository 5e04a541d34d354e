package io.junction.api.event;

import io.junction.api.problem.Refusal;
import io.junction.common.queue.QueueName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a stream tells; null, or no kind at all, means each.
 *
 * @param kinds as in {@code build:finished}, or {@code build:*} for all that begin so
 */
record EventFilter(
    @Nullable Long build,
    @Nullable Long job,
    @Nullable String queue,
    @Nullable String owner,
    @Nullable String repository,
    Set<String> kinds) {

  private static final Set<String> OF_A_BUILD =
      Set.of("created", "started", "finished", "canceled", "restarted");
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "job",
          Set.of("created", "queued", "received", "started", "finished", "canceled", "restarted"),
          "build",
          OF_A_BUILD,
          "stage",
          OF_A_BUILD,
          "worker",
          Set.of("registered", "lost", "found", "retired"),
          "queue",
          Set.of("paused", "resumed"),
          "subscription",
          Set.of("disabled"));
  private static final int MOST_CHARACTERS = 255;

  /** With values that can match something, or not at all. */
  static EventFilter of(
      @Nullable Long build,
      @Nullable Long job,
      @Nullable String queue,
      @Nullable String owner,
      @Nullable String repository,
      List<String> kinds) {
    if (queue != null && !queue.matches(QueueName.PATTERN)) {
      throw Refusal.invalid("queue", "must match " + QueueName.PATTERN);
    }
    checkLength("owner", owner);
    checkLength("repository", repository);
    var known = new HashSet<String>();
    for (var list : kinds) {
      for (var kind : list.split(",", -1)) {
        known.add(knownKind(kind.strip()));
      }
    }
    return new EventFilter(build, job, queue, owner, repository, Set.copyOf(known));
  }

  boolean matches(EventResponse event) {
    return allows(build, event.buildId())
        && allows(job, event.jobId())
        && allows(queue, event.queue())
        && allows(owner, event.owner())
        && allows(repository, event.repository())
        && (kinds.isEmpty()
            || kinds.contains(event.kind())
            || kinds.contains(subjectOf(event.kind()) + ":*"));
  }

  private static boolean allows(@Nullable Object wanted, @Nullable Object value) {
    return wanted == null || wanted.equals(value);
  }

  private static String subjectOf(String kind) {
    return kind.substring(0, Math.max(0, kind.indexOf(':')));
  }

  private static void checkLength(String field, @Nullable String value) {
    if (value != null && (value.isEmpty() || value.length() > MOST_CHARACTERS)) {
      throw Refusal.invalid(field, "has 1 to " + MOST_CHARACTERS + " characters");
    }
  }

  private static String knownKind(String kind) {
    var subject = subjectOf(kind);
    var changes = KINDS.getOrDefault(subject, Set.of());
    var change = kind.substring(kind.indexOf(':') + 1);
    if (changes.contains(change) || (!changes.isEmpty() && change.equals("*"))) {
      return kind;
    }
    throw Refusal.invalid("kind", "is one of those in docs/events.md, as build:finished or job:*");
  }
}
