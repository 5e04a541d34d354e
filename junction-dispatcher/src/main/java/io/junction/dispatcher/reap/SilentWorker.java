package io.junction.dispatcher.reap;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A worker whose silence has lasted long enough.
 *
 * @param open its open assignments
 */
record SilentWorker(UUID id, String queue, int open) {

  /** Workers of one queue that have so few assignments that one transaction can close them. */
  static List<List<SilentWorker>> batches(List<SilentWorker> workers, int most) {
    var batches = new ArrayList<List<SilentWorker>>();
    int open = 0;
    for (var worker : workers) {
      boolean fits =
          !batches.isEmpty()
              && batches.getLast().getLast().queue().equals(worker.queue())
              && open + worker.open() <= most;
      if (!fits) {
        batches.add(new ArrayList<>());
        open = 0;
      }
      batches.getLast().add(worker);
      open += worker.open();
    }
    return batches;
  }
}
