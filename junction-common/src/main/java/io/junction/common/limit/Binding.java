package io.junction.common.limit;

/**
 * The limit that keeps a job from its queue.
 *
 * @param name of the owner, repository, queue or group whose limit it is
 * @param running how many it counts
 * @param max how many it allows
 */
public record Binding(Kind kind, String name, int running, int max) {

  /** What can be limited. */
  public enum Kind {
    OWNER,
    REPOSITORY,
    OWNER_QUEUE,
    CONCURRENCY_GROUP
  }
}
