package io.junction.worker.agent;

import io.junction.worker.client.Assigned;
import io.junction.worker.client.Job;
import io.junction.worker.client.Update;
import io.junction.worker.executor.Ending;
import io.junction.worker.executor.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one registration runs, and what has ended in it.
 *
 * <p>An assignment is listed in every heartbeat from the one after its start to the last one before
 * its closing update:
 *
 * <pre>
 * beat 4            answer: A               A is begun; receive and start go into the outbox
 * beat 5 [A] receive A, start A
 *        A ends while 5 is on its way       finish A waits; A is remembered as ended
 *        answer of 5: A                     it has ended here, so it is not begun again
 * beat 6 [] finish A    the answer is lost  it may have been applied or not
 *        contact is back
 * beat 7 [] finish A    answer: [], finish A is applied or unchanged: it is told
 *                                           A is not in the list any more, so it is forgotten
 * </pre>
 *
 * <p>The updates of a heartbeat are applied before its list is compared, so a closed assignment
 * that is not listed is never taken for lost, and one whose closing update did not fit in is listed
 * still. When Junction cancels A while finish A is on its way, the update is refused and A is gone
 * from the list: nothing is left to do. When A is not in the answer while it runs, it is ended and
 * nothing is reported, for nothing would be taken.
 */
final class Roster {
  private static final Logger log = LoggerFactory.getLogger(Roster.class);

  private final Station station;
  private final Outbox outbox;

  /** What runs, and is to be listed. */
  private final Map<UUID, Running> running = new LinkedHashMap<>();

  /** What is being ended and is Junction's business no more. */
  private final Set<Running> dying = new HashSet<>();

  /** What has ended here while Junction's list may still hold it. */
  private final Set<UUID> ended = new HashSet<>();

  Roster(Station station, Outbox outbox) {
    this.station = station;
    this.outbox = outbox;
  }

  /**
   * Ends what the list does not hold and begins what is new in it; returns whether there was
   * anything to do.
   */
  boolean follow(List<Assigned> list, String queue, long leaseEnd) {
    Set<UUID> ids = list.stream().map(Assigned::id).collect(Collectors.toSet());
    var orphans = running.keySet().stream().filter(id -> !ids.contains(id)).toList();
    orphans.forEach(id -> drop(id, "Junction does not list it any more"));
    ended.retainAll(ids);
    boolean begun = false;
    for (Assigned assigned : list) {
      Job job = assigned.job();
      boolean known = running.containsKey(assigned.id()) || ended.contains(assigned.id());
      if (!known && job != null && !station.drain().asked()) {
        begin(assigned, job, job.queue() == null ? queue : job.queue(), leaseEnd);
        begun = true;
      }
    }
    running.values().forEach(one -> one.renew(leaseEnd));
    return begun || !orphans.isEmpty();
  }

  private void begin(Assigned assigned, Job job, String queue, long leaseEnd) {
    var run =
        new Run(
            assigned.id(),
            assigned.attempt(),
            job.id(),
            queue,
            job.config(),
            job.exclusive(),
            leaseEnd);
    var one = new Running(run, job.timeoutMs(), station.mailbox());
    running.put(run.assignment(), one);
    outbox.add(Update.receive(run.assignment(), now()));
    one.begin(station.executors());
  }

  void started(Running one) {
    log.info(
        "Job {} started: assignment {}, attempt {}",
        one.run().job(),
        one.id(),
        one.run().attempt());
    if (running.get(one.id()) == one) {
      one.started();
      outbox.add(Update.start(one.id(), now()));
    }
  }

  void ended(Running one, Ending ending) {
    String reason = ending.reason() == null ? "" : ": " + ending.reason();
    log.info(
        "Job {} ended: assignment {}, {}{}{}",
        one.run().job(),
        one.id(),
        ending.state().word(),
        reason,
        why(one));
    dying.remove(one);
    if (running.remove(one.id(), one)) {
      ended.add(one.id());
      outbox.add(closing(one, ending));
    }
  }

  private static Update closing(Running one, Ending ending) {
    return switch (one.fate()) {
      case RUNS, DROPPED -> finish(one, ending);
      // What has ended by itself before it could be killed has ended.
      case FENCED ->
          ending.state() == Ending.State.ERRORED
              ? Update.restart(
                  one.id(), now(), "its worker had no answer for longer than the lease")
              : finish(one, ending);
      case TIMED_OUT ->
          Update.finish(
              one.id(),
              Ending.State.ERRORED.word(),
              now(),
              "timed out after " + one.timeoutMs() + " ms",
              ending.result());

      case GIVEN_BACK ->
          Update.restart(one.id(), now(), "its worker was shut down before the end of the job");
    };
  }

  private static Update finish(Running one, Ending ending) {
    return Update.finish(one.id(), ending.state().word(), now(), ending.reason(), ending.result());
  }

  private static String why(Running one) {
    return switch (one.fate()) {
      case RUNS -> "";
      case DROPPED -> " (it was taken away)";
      case FENCED -> " (the lease is over and the job is exclusive)";
      case TIMED_OUT -> " (timed out after " + one.timeoutMs() + " ms)";
      case GIVEN_BACK -> " (given back)";
    };
  }

  /** What the next heartbeat lists when it carries these updates. */
  List<UUID> listed(List<Update> carried) {
    var ids = new ArrayList<>(running.keySet());
    ids.addAll(outbox.endsBeyond(carried));
    return ids;
  }

  void drop(UUID id, String why) {
    Running one = running.remove(id);
    if (one != null) {
      log.warn("Job {} is being ended, assignment {}: {}", one.run().job(), id, why);
      dying.add(one);
      one.disown();
    }
  }

  void dropAll(String why) {
    List.copyOf(running.keySet()).forEach(id -> drop(id, why));
    ended.clear();
  }

  /** The lease is over: what must not run twice at a time ends now. */
  void fence() {
    each(Running::isFenceable, one -> one.kill(Running.Fate.FENCED));
  }

  void endTimedOut(long now) {
    each(one -> one.timeLeft(now) <= 0, one -> one.terminate(Running.Fate.TIMED_OUT));
  }

  void giveBack() {
    each(one -> true, one -> one.terminate(Running.Fate.GIVEN_BACK));
  }

  private void each(Predicate<Running> which, Consumer<Running> order) {
    running.values().stream().filter(which).forEach(order);
  }

  /** Nanoseconds until the next timeout. */
  long nanosLeft(long now) {
    return running.values().stream()
        .mapToLong(one -> one.timeLeft(now))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  boolean hasExclusive() {
    return running.values().stream().anyMatch(Running::isFenceable);
  }

  boolean isEmpty() {
    return running.isEmpty() && dying.isEmpty();
  }

  int size() {
    return running.size();
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
