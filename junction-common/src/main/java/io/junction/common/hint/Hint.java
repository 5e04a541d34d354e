package io.junction.common.hint;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Word that something may have changed. It carries no truth: who hears it looks for itself, and who
 * misses it finds out by its next poll.
 */
public sealed interface Hint {

  /** Something may be placed in this queue: a job came, a worker, or capacity. */
  record Queue(String name) implements Hint {}

  /** A slot became free in this queue: something may be placed if a job waits for it. */
  record Slot(String queue) implements Hint {}

  /** Some job was created, or restarted, and may be let into its queue. */
  record Created() implements Hint {}

  /** Some job has no queue yet. */
  record Unrouted() implements Hint {}

  /**
   * A job asks to be let into its queue, or a place became free.
   *
   * @param name empty for jobs of no owner
   */
  record Limit(Kind kind, String name) implements Hint {

    /** Of what it is. */
    public enum Kind {
      OWNER,
      REPOSITORY,
      GROUP;

      char letter() {
        return Character.toLowerCase(name().charAt(0));
      }
    }

    static Limit parse(String payload) {
      for (var kind : Kind.values()) {
        if (payload.startsWith(kind.letter() + "=")) {
          return new Limit(kind, payload.substring(2));
        }
      }
      throw new IllegalArgumentException(payload);
    }

    String format() {
      return kind.letter() + "=" + name;
    }
  }

  /** A build was created or changed. */
  record Event() implements Hint {}

  /** Something may be sent to a subscription's target. */
  record Delivery() implements Hint {}

  /** What these workers should be working on has changed. */
  record Workers(Set<UUID> ids) implements Hint {

    public Workers {
      ids = Set.copyOf(ids);
    }

    static Workers parse(String payload) {
      return new Workers(
          Arrays.stream(payload.split(",")).map(UUID::fromString).collect(Collectors.toSet()));
    }

    static String format(Collection<UUID> ids) {
      return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
    }
  }

  /** Hints may have been missed: the connection that carries them is new. */
  record Unknown() implements Hint {}
}
