package io.junction.dispatcher.notify.slack;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.Sender;
import io.junction.dispatcher.notify.http.GuardedHttp;
import io.junction.dispatcher.notify.http.HttpCall;
import io.junction.dispatcher.notify.http.Verdict;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Posts a message to an incoming webhook of Slack. */
@Component
final class SlackSender implements Sender {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final GuardedHttp http;

  SlackSender(GuardedHttp http) {
    this.http = http;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.SLACK;
  }

  @Override
  public Answer send(Message message) {
    if (!(message.target() instanceof Target.Slack target)) {
      return new Answer.Refused("this is no Slack channel");
    }
    var body = body(target, message).toString();
    return Verdict.of(http.send(new HttpCall("POST", target.url(), Map.of(), body)));
  }

  private static ObjectNode body(Target.Slack target, Message message) {
    var text = SlackText.of(message.news(), target.templates());
    var body = JSON.createObjectNode();
    if (target.channel() != null) {
      body.put("channel", target.channel());
    }
    body.put("link_names", false);
    var attachment = body.putArray("attachments").addObject();
    attachment.put("fallback", text);
    attachment.put("text", text);
    attachment.put("color", color(message.news().build().state()));
    attachment.putArray("mrkdwn_in").add("text");
    return body;
  }

  private static String color(String state) {
    return switch (state) {
      case "passed" -> "good";
      case "failed" -> "danger";
      default -> "warning";
    };
  }
}
