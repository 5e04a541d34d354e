package io.junction.dispatcher.notify.deliver;

import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.Sender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Sends nothing: remembers what it was given, and answers as the test says. */
final class FakeSender implements Sender {

  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private volatile Function<Message, Answer> answer = message -> new Answer.Delivered("200");

  @Override
  public TargetKind kind() {
    return TargetKind.WEBHOOK;
  }

  @Override
  public Answer send(Message message) {
    messages.add(message);
    return answer.apply(message);
  }

  void answers(Answer given) {
    answer = message -> given;
  }

  void answers(Function<Message, Answer> given) {
    answer = given;
  }

  /** In the order in which they came. */
  List<Message> messages() {
    return messages;
  }
}
