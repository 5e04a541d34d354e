package io.junction.common.simulate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For how long jobs run once they are taken up: as long as they did. One that has not ended is
 * given the median of its queue, or of all where none of its queue has ended, but at least what it
 * has run already.
 */
public final class RunTimes {

  /** In a world in which nothing has ended. */
  private static final long UNKNOWN_MS = 60_000;

  private final Map<String, Long> medians = new HashMap<>();
  private final long medianOfAll;
  private final long until;

  /**
   * @param until the window's end
   */
  public RunTimes(Collection<PastJob> jobs, long until) {
    this.until = until;
    var known = new HashMap<String, List<Long>>();
    var all = new ArrayList<Long>();
    for (var job : jobs) {
      if (job.taken() != null && job.ended() != null) {
        long ran = Math.max(0, job.ended() - job.taken());
        known.computeIfAbsent(job.job().queue(), queue -> new ArrayList<>()).add(ran);
        all.add(ran);
      }
    }
    known.forEach((queue, runs) -> medians.put(queue, medianOf(runs)));
    this.medianOfAll = all.isEmpty() ? UNKNOWN_MS : medianOf(all);
  }

  long of(PastJob job) {
    if (job.taken() != null && job.ended() != null) {
      return Math.max(0, job.ended() - job.taken());
    }
    long median = medians.getOrDefault(job.job().queue(), medianOfAll);
    return job.taken() == null ? median : Math.max(median, until - job.taken());
  }

  private static long medianOf(List<Long> runs) {
    Collections.sort(runs);
    return runs.get((runs.size() - 1) / 2);
  }
}
