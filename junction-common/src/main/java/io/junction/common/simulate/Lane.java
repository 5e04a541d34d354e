package io.junction.common.simulate;

import io.junction.common.limit.Asking;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs for which every limit is the same, in the order in which they are let in. While one has
 * jobs, it stands before its door, or aside at the place that it waits for.
 */
final class Lane {

  /** Who goes first. */
  static final Comparator<Lane> BY_ORDER = Comparator.comparing(Lane::head, Asking.ORDER);

  /** The same within a concurrency group. */
  static final Comparator<Lane> BY_AGE = Comparator.comparingLong(lane -> lane.head().id());

  private final Door door;
  private final @Nullable Place repository;
  private final @Nullable Place ownersQueue;
  private final @Nullable Place group;
  private final int groupMax;
  private final PriorityQueue<Asking> jobs;
  private @Nullable Place aside;

  /** What its jobs have in common. */
  record Key(
      String owner,
      @Nullable String repository,
      @Nullable String group,
      int groupMax,
      boolean isPublic,
      String queue) {

    static Key of(Asking job) {
      return new Key(
          job.owner(), job.repository(), job.group(), job.groupMax(), job.isPublic(), job.queue());
    }
  }

  /** Places that limit nothing are null. */
  Lane(
      Door door,
      @Nullable Place repository,
      @Nullable Place ownersQueue,
      @Nullable Place group,
      int groupMax) {
    this.door = door;
    this.repository = repository;
    this.ownersQueue = ownersQueue;
    this.group = group;
    this.groupMax = groupMax;
    this.jobs =
        new PriorityQueue<>(group == null ? Asking.ORDER : Comparator.comparingLong(Asking::id));
  }

  Door door() {
    return door;
  }

  @Nullable Place repository() {
    return repository;
  }

  @Nullable Place ownersQueue() {
    return ownersQueue;
  }

  @Nullable Place group() {
    return group;
  }

  int groupMax() {
    return groupMax;
  }

  List<Place> places() {
    return Stream.of(repository, ownersQueue, group).flatMap(Stream::ofNullable).toList();
  }

  Asking head() {
    return jobs.element();
  }

  boolean isEmpty() {
    return jobs.isEmpty();
  }

  /** To be called while it stands nowhere, unless its head remains. */
  void add(Asking job) {
    jobs.add(job);
  }

  void removeHead() {
    jobs.remove();
  }

  /** Whether this job would stand behind the first. */
  boolean hasBefore(Asking job) {
    var head = jobs.peek();
    var order = jobs.comparator();
    return head != null && order != null && order.compare(head, job) < 0;
  }

  /** Where it stands aside; null when it stands before its door. */
  @Nullable Place aside() {
    return aside;
  }

  void standAside(@Nullable Place place) {
    aside = place;
  }
}
