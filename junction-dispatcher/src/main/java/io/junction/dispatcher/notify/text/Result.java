package io.junction.dispatcher.notify.text;

import io.junction.common.subscription.BuildNews;
import org.jspecify.annotations.Nullable;

/** How a build did, compared with the one before it on its branch: Hub's words. */
public enum Result {
  PENDING("Pending", "The build is pending."),
  PASSED("Passed", "The build passed."),
  FAILED("Failed", "The build failed."),
  BROKEN("Broken", "The build was broken."),
  FIXED("Fixed", "The build was fixed."),
  STILL_FAILING("Still failing", "The build is still failing."),
  ERRORED("Errored", "The build has errored."),
  CANCELED("Canceled", "The build was canceled.");

  private final String word;
  private final String sentence;

  Result(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  public static Result of(BuildNews.Build build) {
    return switch (build.state()) {
      case "passed" -> "failed".equals(build.previousState()) ? FIXED : PASSED;
      case "failed" -> failed(build.previousState());
      case "errored" -> ERRORED;
      case "canceled" -> CANCELED;
      default -> PENDING;
    };
  }

  private static Result failed(@Nullable String before) {
    if (before == null) {
      return FAILED;
    }
    return switch (before) {
      case "passed" -> BROKEN;
      case "failed" -> STILL_FAILING;
      default -> FAILED;
    };
  }

  /** For a subject. */
  public String word() {
    return word;
  }

  public String sentence() {
    return sentence;
  }
}
