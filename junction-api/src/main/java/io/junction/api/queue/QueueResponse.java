package io.junction.api.queue;

import io.junction.common.queue.Queue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue as it stands. */
record QueueResponse(
    String name, @Nullable Integer capacity, @Nullable Instant pausedAt, Instant createdAt) {

  static QueueResponse of(Queue queue) {
    return new QueueResponse(queue.name(), queue.capacity(), queue.pausedAt(), queue.createdAt());
  }

  /** A page; {@code next} is the {@code after} of the page that follows, absent on the last. */
  record Page(List<QueueResponse> queues, @Nullable String next) {}
}
