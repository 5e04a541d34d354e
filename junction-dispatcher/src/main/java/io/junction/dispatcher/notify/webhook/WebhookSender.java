package io.junction.dispatcher.notify.webhook;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.Sender;
import io.junction.dispatcher.notify.http.GuardedHttp;
import io.junction.dispatcher.notify.http.HttpCall;
import io.junction.dispatcher.notify.http.Verdict;
import java.time.InstantSource;
import java.util.HashMap;
import org.springframework.stereotype.Component;

/** Posts what happened to a build to a URL. */
@Component
final class WebhookSender implements Sender {

  private final GuardedHttp http;
  private final InstantSource clock;

  WebhookSender(GuardedHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  @Override
  public TargetKind kind() {
    return TargetKind.WEBHOOK;
  }

  @Override
  public Answer send(Message message) {
    if (!(message.target() instanceof Target.Webhook target)) {
      return new Answer.Refused("this is no webhook");
    }
    var body = Body.of(message.news());
    var id = "msg_" + message.delivery();
    long timestamp = clock.instant().getEpochSecond();
    var headers = new HashMap<String, String>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    if (!target.secrets().isEmpty()) {
      try {
        headers.put("webhook-signature", Signature.of(target.secrets(), id, timestamp, body));
      } catch (IllegalArgumentException e) {
        return new Answer.Refused(String.valueOf(e.getMessage()));
      }
    }
    return Verdict.of(http.send(new HttpCall("POST", target.url(), headers, body)));
  }
}
