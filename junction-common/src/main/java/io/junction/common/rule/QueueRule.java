package io.junction.common.rule;

import io.junction.common.queue.QueueName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a job to a queue when all of it holds.
 *
 * @param when nothing: every job
 */
record QueueRule(@Nullable String name, QueueName queue, List<Matcher> when) {

  QueueRule {
    when = List.copyOf(when);
  }

  /**
   * Whatever stands first: one thing that does not hold is enough, and then nobody minds that
   * another is broken.
   */
  Matcher.Answer ask(JobFacts job) {
    var answers = when.stream().map(matcher -> matcher.ask(job)).toList();
    for (var worse : List.of(Matcher.Verdict.FAILS, Matcher.Verdict.BROKEN)) {
      for (var answer : answers) {
        if (answer.verdict() == worse) {
          return answer;
        }
      }
    }
    return Matcher.Answer.of(
        true,
        when.isEmpty()
            ? "it takes every job"
            : answers.stream().map(Matcher.Answer::because).collect(Collectors.joining(", ")));
  }
}
