package io.junction.dispatcher.notify.deliver;

import io.junction.dispatcher.notify.Answer;

/** What became of a claimed delivery. */
record Answered(Claimed claimed, Answer answer) {

  /** One word for SQL and metrics. */
  String word() {
    return switch (answer) {
      case Answer.Delivered delivered -> "delivered";
      case Answer.Failed failed -> "failed";
      case Answer.Refused refused -> "refused";
    };
  }
}
