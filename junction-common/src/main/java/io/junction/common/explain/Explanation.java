package io.junction.common.explain;

import io.junction.common.job.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is where it is.
 *
 * <p>Invariant: {@code reasons} is empty if and only if the next round moves the job.
 *
 * @param summary all of it in one sentence
 * @param reasons everything that keeps it, or what is under way
 * @param place where it stands in the line that it waits in; null when it waits in none
 * @param estimate when it may start; null when nothing can be said
 */
public record Explanation(
    long id,
    JobState state,
    String summary,
    List<Reason> reasons,
    @Nullable Place place,
    @Nullable Estimate estimate) {

  public Explanation {
    reasons = List.copyOf(reasons);
  }

  /** Whether the next round moves it. */
  public boolean isNext() {
    return reasons.isEmpty();
  }

  /**
   * A place in a line.
   *
   * @param line in words, such as {@code queue builds.linux}
   * @param position 1 for the first
   * @param more whether it was not counted further, and it stands behind that
   */
  public record Place(String line, int position, boolean more) {

    /** More are not counted. */
    public static final int MOST = 10_000;

    static Place behind(String line, int ahead) {
      return new Place(line, Math.min(ahead, MOST) + 1, ahead > MOST);
    }

    int ahead() {
      return position - 1;
    }
  }

  /**
   * A guess: as many jobs as stand before it, at the pace of those that ended lately.
   *
   * @param startsInMs milliseconds from now
   * @param basis what it was computed from, in words
   */
  public record Estimate(long startsInMs, String basis) {}
}
