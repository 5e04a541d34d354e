package io.junction.dispatcher.notify.github;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.Sender;
import io.junction.dispatcher.notify.http.GuardedHttp;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets the status of a build's commit and its check run, as the target wishes. */
@Component
final class GitHubSender implements Sender {

  private static final Pattern REPOSITORY =
      Pattern.compile("(?!\\.{1,2}/)[\\w.-]+/(?!\\.{1,2}$)[\\w.-]+");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

  private final GuardedHttp http;

  GitHubSender(GuardedHttp http) {
    this.http = http;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.GITHUB;
  }

  @Override
  public Answer send(Message message) {
    if (!(message.target() instanceof Target.GitHub target)) {
      return new Answer.Refused("this is no repository on GitHub");
    }
    var build = message.news().build();
    var repository = target.repository() == null ? build.repository() : target.repository();
    if (repository == null || !REPOSITORY.matcher(repository).matches()) {
      return new Answer.Refused("neither the subscription nor the build names owner/repository");
    }
    if (build.commit() == null || !COMMIT.matcher(build.commit()).matches()) {
      return new Answer.Refused("the build names no commit");
    }
    return send(message, target, new GitHubCalls(http, target, repository, build.commit()));
  }

  /** Either both are there afterwards, or another attempt does both once more. */
  private static Answer send(Message message, Target.GitHub target, GitHubCalls calls) {
    var done = new ArrayList<String>();
    if (target.statuses()) {
      var failed = unlessDelivered(calls.status(message.news()));
      if (failed != null) {
        return failed;
      }
      done.add("status set");
    }
    if (target.checks()) {
      var failed = unlessDelivered(calls.check(message.news()));
      if (failed != null) {
        return failed;
      }
      done.add("check run written");
    }
    return done.isEmpty()
        ? new Answer.Refused("the subscription asks for neither statuses nor checks")
        : new Answer.Delivered(String.join(", ", done));
  }

  private static @Nullable Answer unlessDelivered(Answer answer) {
    return answer instanceof Answer.Delivered ? null : answer;
  }
}
