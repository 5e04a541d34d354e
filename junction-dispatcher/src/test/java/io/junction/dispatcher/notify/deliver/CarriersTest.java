package io.junction.dispatcher.notify.deliver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Message;
import io.junction.dispatcher.notify.text.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class CarriersTest {

  private static final Target HOOK = new Target.Webhook("https://example.com/hook", List.of());

  /** The first outlived its claim, and this very process has claimed the delivery again. */
  @Test
  void the_end_of_an_attempt_is_not_the_end_of_the_next_one() throws InterruptedException {
    var first = Samples.message(HOOK, Samples.failed());
    var second = Samples.message(HOOK, Samples.passed());
    var firstHangs = new CountDownLatch(1);
    var secondHangs = new CountDownLatch(1);
    var sender = new FakeSender();
    sender.answers(message -> answerAfter(message.equals(first) ? firstHangs : secondHangs));
    var carriers = new Carriers(List.of(sender), 8, Duration.ofMinutes(10));
    var said = new Semaphore(0);
    carriers.wakeBy(said::release);
    carriers.carry(claimed(1, first));
    carriers.carry(claimed(2, second));
    assertThat(carriers.free()).isEqualTo(6);

    firstHangs.countDown();
    assertThat(said.tryAcquire(20, SECONDS)).isTrue();
    assertThat(carriers.answered())
        .extracting(Answered::claimed)
        .containsExactly(claimed(1, first));
    assertThat(carriers.kept()).containsExactly(claimed(2, second));
    assertThat(carriers.free()).isEqualTo(7);

    secondHangs.countDown();
    assertThat(said.tryAcquire(20, SECONDS)).isTrue();
    assertThat(carriers.kept()).isEmpty();
    carriers.forget(carriers.answered());
    assertThat(carriers.isIdle()).isTrue();
  }

  private static Claimed claimed(int attempt, Message message) {
    return new Claimed(Samples.DELIVERY, attempt, TargetKind.WEBHOOK, message, null);
  }

  private static Answer answerAfter(CountDownLatch hangs) {
    try {
      return hangs.await(20, SECONDS)
          ? new Answer.Delivered("200")
          : new Answer.Failed("nobody let it go on", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Failed("interrupted", null);
    }
  }
}
