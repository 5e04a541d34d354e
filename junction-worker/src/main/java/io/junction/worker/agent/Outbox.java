package io.junction.worker.agent;

import io.junction.worker.client.Update;
import io.junction.worker.client.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The updates that have not been answered, oldest first. An update leaves only by a verdict,
 * whichever it is: an outage of any length loses none. Bounded by the slots, for a job has three
 * updates and a slot is free again only when Junction knows of the end.
 */
final class Outbox {
  private static final int MOST_UPDATES = 10_000;

  /** The protocol's limit for a body is 10 MiB, and the list of what runs has to fit as well. */
  private static final int MOST_BYTES = 6 << 20;

  private static final int BYTES_WITHOUT_RESULT = 5_000;

  private record Entry(Update update, int bytes) {}

  private final List<Entry> waiting = new ArrayList<>();

  void add(Update update) {
    var result = update.result();
    int bytes = result == null ? 0 : result.toString().getBytes(StandardCharsets.UTF_8).length;
    waiting.add(new Entry(update, BYTES_WITHOUT_RESULT + bytes));
  }

  /** As many of the oldest as one heartbeat can carry. */
  List<Update> batch() {
    var batch = new ArrayList<Update>();
    int bytes = 0;
    for (Entry entry : waiting) {
      bytes += entry.bytes();
      if (batch.size() == MOST_UPDATES || bytes > MOST_BYTES) {
        break;
      }
      batch.add(entry.update());
    }
    return batch;
  }

  /**
   * The assignments whose end no heartbeat has told so far, because it did not fit: they are still
   * to be listed.
   */
  Set<UUID> endsBeyond(List<Update> batch) {
    var ids = new HashSet<UUID>();
    for (Entry entry : waiting.subList(batch.size(), waiting.size())) {
      if (entry.update().closes()) {
        ids.add(entry.update().assignment());
      }
    }
    return ids;
  }

  void answered(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      waiting.removeIf(entry -> verdict.answers(entry.update()));
    }
  }

  void drop(Update update) {
    waiting.removeIf(entry -> entry.update().equals(update));
  }

  boolean holdsAny(List<Update> updates) {
    return waiting.stream().anyMatch(entry -> updates.contains(entry.update()));
  }

  void clear() {
    waiting.clear();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }
}
