package io.junction.dispatcher.notify.deliver;

import io.junction.common.subscription.TargetKind;
import io.junction.dispatcher.notify.Answer;
import io.junction.dispatcher.notify.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that send, one for each message under way.
 *
 * <p>Concurrency: the loop's thread carries and collects; each carrier leaves its answer and says
 * so. Failure: a sender that throws has failed; one that does not come back is interrupted, and its
 * claim is no longer kept.
 */
final class Carriers {

  private static final Logger log = LoggerFactory.getLogger(Carriers.class);

  private final Map<TargetKind, Sender> senders = new EnumMap<>(TargetKind.class);

  /** By thread: an attempt that outlived its claim is under way beside the next one of its id. */
  private final Map<Thread, Carrier> underWay = new ConcurrentHashMap<>();

  private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();
  private final int most;
  private final Duration patience;
  private volatile Runnable wake = () -> {};

  /**
   * @param most messages under way
   * @param patience how long a sender may take
   */
  Carriers(List<Sender> senders, int most, Duration patience) {
    senders.forEach(sender -> this.senders.putIfAbsent(sender.kind(), sender));
    this.most = most;
    this.patience = patience;
  }

  /** What is called after each answer. */
  void wakeBy(Runnable said) {
    wake = said;
  }

  int free() {
    return Math.max(0, most - underWay.size());
  }

  boolean isIdle() {
    return underWay.isEmpty() && answers.isEmpty();
  }

  void carry(Claimed claimed) {
    var thread = Thread.ofVirtual().name("deliver-" + claimed.id()).unstarted(() -> send(claimed));
    underWay.put(thread, new Carrier(claimed, thread, System.nanoTime()));
    thread.start();
  }

  /** The answers that have come; they stay until they are {@linkplain #forget forgotten}. */
  List<Answered> answered() {
    return List.copyOf(answers);
  }

  void forget(List<Answered> recorded) {
    recorded.forEach(answers::remove);
  }

  /** Those that are still being sent, so that their claims are kept; who takes too long is not. */
  List<Claimed> kept() {
    var kept = new ArrayList<Claimed>();
    for (var carrier : underWay.values()) {
      if (System.nanoTime() - carrier.since < patience.toNanos()) {
        kept.add(carrier.claimed);
      } else {
        carrier.thread.interrupt();
      }
    }
    return kept;
  }

  private void send(Claimed claimed) {
    Answer answer = new Answer.Failed("the sender failed by a bug", null);
    try {
      answer = answerOf(claimed);
    } catch (RuntimeException bug) {
      log.error("delivery {} failed by a bug, it is tried again", claimed.id(), bug);
    } finally {
      answers.add(new Answered(claimed, answer));
      underWay.remove(Thread.currentThread());
      wake.run();
    }
  }

  private Answer answerOf(Claimed claimed) {
    var message = claimed.message();
    var flaw = claimed.flaw();
    if (message == null) {
      var reason = flaw == null ? "there is nothing to send" : flaw.reason();
      return flaw != null && !flaw.lasting()
          ? new Answer.Failed(reason, null)
          : new Answer.Refused(reason);
    }
    var sender = senders.get(claimed.kind());
    return sender == null
        ? new Answer.Failed("this dispatcher cannot send to " + claimed.kind().text(), null)
        : sender.send(message);
  }

  private record Carrier(Claimed claimed, Thread thread, long since) {}
}
