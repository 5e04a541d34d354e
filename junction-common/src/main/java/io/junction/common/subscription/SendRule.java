package io.junction.common.subscription;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * On which changes of a build a subscription speaks.
 *
 * <p>A build that failed, errored or was canceled has failed here. One that was created, started or
 * restarted has begun; that nothing can have changed by then, {@code change} is never.
 *
 * @param onSuccess of builds that passed
 * @param onFailure of builds that ended otherwise
 * @param onStart of builds that begin
 * @param onPullRequests whether builds of pull requests count
 */
public record SendRule(
    Occasion onSuccess, Occasion onFailure, Occasion onStart, boolean onPullRequests) {

  private static final String PASSED = "passed";

  /**
   * What holds where nobody says otherwise: mails only when the result of a branch changes to good,
   * nothing when a build begins, nothing of pull requests where people read. A commit's state is
   * another matter: it has to be right at any time.
   *
   * @param events that are asked for by name; who asks for a beginning wants to hear of it
   */
  public static SendRule usual(TargetKind kind, Collection<String> events) {
    boolean beginnings =
        kind == TargetKind.GITHUB || events.stream().anyMatch(BuildFilter::isBeginning);
    return new SendRule(
        kind == TargetKind.EMAIL ? Occasion.CHANGE : Occasion.ALWAYS,
        Occasion.ALWAYS,
        beginnings ? Occasion.ALWAYS : Occasion.NEVER,
        kind == TargetKind.WEBHOOK || kind == TargetKind.GITHUB);
  }

  /**
   * Whether this is to be sent.
   *
   * @param event as in {@code build:finished}
   * @param state of the build after it
   * @param previousState how the build before it on its branch ended; null when there was none
   */
  public boolean wants(
      String event, String state, @Nullable String previousState, boolean isPullRequest) {
    if (isPullRequest && !onPullRequests) {
      return false;
    }
    if (BuildFilter.isBeginning(event)) {
      return onStart == Occasion.ALWAYS;
    }
    boolean passed = state.equals(PASSED);
    return switch (passed ? onSuccess : onFailure) {
      case ALWAYS -> true;
      case NEVER -> false;
      case CHANGE -> previousState == null || passed != previousState.equals(PASSED);
    };
  }
}
