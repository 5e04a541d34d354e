package io.junction.common.limit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what is counted for the limits that could bind them. What is not in a map has no
 * limit.
 *
 * @param accounts by owner; owners who share a limit have the same
 * @param repositories by name
 * @param queues by owner and queue
 * @param groups how many run, by concurrency group; how many may is said by each job
 */
public record World(
    List<Asking> asking,
    Map<String, Account> accounts,
    Map<String, Room> repositories,
    Map<OwnerQueue, Room> queues,
    Map<String, Integer> groups) {

  /** A queue as far as it is one owner's. */
  public record OwnerQueue(String owner, String queue) {}

  @Nullable Account accountOf(Asking job) {
    return accounts.get(job.owner());
  }

  @Nullable Room repositoryOf(Asking job) {
    return job.repository() == null ? null : repositories.get(job.repository());
  }

  @Nullable Room queueOf(Asking job) {
    return queues.get(new OwnerQueue(job.owner(), job.queue()));
  }
}
