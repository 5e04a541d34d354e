package io.junction.api.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.junction.common.explain.Explanation;
import io.junction.common.explain.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is where it is.
 *
 * @param next whether the next round moves it; then, and only then, there is no reason
 * @param summary all of it in one sentence
 * @param line where it stands in the line that it waits in
 * @param estimate a guess, from the pace of the last hour at most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplanationResponse(
    long id,
    String state,
    boolean next,
    String summary,
    List<ReasonResponse> reasons,
    @Nullable Line line,
    @Nullable Estimate estimate) {

  static ExplanationResponse of(Explanation explanation) {
    var place = explanation.place();
    var estimate = explanation.estimate();
    return new ExplanationResponse(
        explanation.id(),
        explanation.state().text(),
        explanation.isNext(),
        explanation.summary(),
        explanation.reasons().stream().map(ReasonResponse::of).toList(),
        place == null ? null : new Line(place.line(), place.position(), place.more()),
        estimate == null ? null : new Estimate(estimate.startsInMs(), estimate.basis()));
  }

  /**
   * One thing that keeps it, or that is under way.
   *
   * @param kind a word for programs
   * @param text a sentence for people
   * @param heldBy some jobs whose end would change it
   * @param untilMs milliseconds until it changes by itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReasonResponse(
      String kind,
      String text,
      @Nullable String name,
      @Nullable Integer count,
      @Nullable Integer max,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> heldBy,
      @Nullable Long untilMs) {

    static ReasonResponse of(Reason reason) {
      return new ReasonResponse(
          reason.kind().text(),
          reason.text(),
          reason.name(),
          reason.count(),
          reason.max(),
          reason.heldBy(),
          reason.untilMs());
    }
  }

  /**
   * A place in a line.
   *
   * @param position 1 for the first
   * @param more whether it stands further behind than was counted
   */
  record Line(String name, int position, boolean more) {}

  /** When it may start, and what that was guessed from. */
  record Estimate(long startsInMs, String basis) {}
}
