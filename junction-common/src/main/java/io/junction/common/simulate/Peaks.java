package io.junction.common.simulate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many jobs of each queue ran at a time at most: so many slots there have surely been. */
public final class Peaks {

  private Peaks() {}

  /**
   * By queue; one of which nothing ran has none.
   *
   * @param until the window's end
   */
  public static Map<String, Integer> of(Collection<PastJob> jobs, long until) {
    var steps = new HashMap<String, List<Step>>();
    for (var job : jobs) {
      var taken = job.taken();
      if (taken != null) {
        var ofQueue = steps.computeIfAbsent(job.job().queue(), queue -> new ArrayList<>());
        ofQueue.add(new Step(taken, 1));
        ofQueue.add(new Step(endOf(job.ended(), taken, until), -1));
      }
    }
    var peaks = new HashMap<String, Integer>();
    steps.forEach((queue, ofQueue) -> peaks.put(queue, peak(ofQueue)));
    return peaks;
  }

  /** One that ended in the moment in which it was taken up had a slot nevertheless. */
  private static long endOf(@Nullable Long ended, long taken, long until) {
    return Math.max(taken + 1, ended == null ? until : ended);
  }

  private static int peak(List<Step> steps) {
    steps.sort(Comparator.comparingLong(Step::at).thenComparingInt(Step::by));
    int running = 0;
    int peak = 0;
    for (var step : steps) {
      running += step.by();
      peak = Math.max(peak, running);
    }
    return peak;
  }

  private record Step(long at, int by) {}
}
