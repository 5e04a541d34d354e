package io.junction.common.limit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what is counted for the limits that could bind them. What is not in a map has no
 * limit. Counts up as jobs are let in.
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

  public World {
    groups = new HashMap<>(groups);
  }

  /** A queue as far as it is one owner's. */
  public record OwnerQueue(String owner, String queue) {}

  /** Each limit that has no place for it, as counted. */
  public List<Binding> bindings(Asking job) {
    return limits(job).toList();
  }

  @Nullable Binding firstBinding(Asking job) {
    return limits(job).findFirst().orElse(null);
  }

  private Stream<Binding> limits(Asking job) {
    return Stream.<Function<Asking, @Nullable Binding>>of(
            this::ofOwner, this::ofRepository, this::ofQueue, this::ofGroup)
        .flatMap(limit -> Stream.ofNullable(limit.apply(job)));
  }

  private @Nullable Binding ofOwner(Asking job) {
    var account = accounts.get(job.owner());
    return account != null && account.isFullFor(job) ? account.binding() : null;
  }

  private @Nullable Binding ofRepository(Asking job) {
    var room = job.repository() == null ? null : repositories.get(job.repository());
    return room != null && room.isFull()
        ? room.binding(Binding.Kind.REPOSITORY, Objects.requireNonNull(job.repository()))
        : null;
  }

  private @Nullable Binding ofQueue(Asking job) {
    var room = queues.get(new OwnerQueue(job.owner(), job.queue()));
    return room != null && room.isFull()
        ? room.binding(Binding.Kind.OWNER_QUEUE, job.queue())
        : null;
  }

  private @Nullable Binding ofGroup(Asking job) {
    var group = job.group();
    int running = group == null ? 0 : groups.getOrDefault(group, 0);
    return group != null && running >= job.groupMax()
        ? new Binding(Binding.Kind.CONCURRENCY_GROUP, group, running, job.groupMax())
        : null;
  }

  void add(Asking job) {
    var account = accounts.get(job.owner());
    if (account != null) {
      account.add(job);
    }
    var repository = job.repository() == null ? null : repositories.get(job.repository());
    if (repository != null) {
      repository.add();
    }
    var queue = queues.get(new OwnerQueue(job.owner(), job.queue()));
    if (queue != null) {
      queue.add();
    }
    if (job.group() != null) {
      groups.merge(job.group(), 1, Integer::sum);
    }
  }
}
