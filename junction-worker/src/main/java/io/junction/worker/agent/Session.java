package io.junction.worker.agent;

import io.junction.worker.client.Directive;
import io.junction.worker.client.HeartbeatAnswer;
import io.junction.worker.client.JunctionClient;
import io.junction.worker.client.Problem;
import io.junction.worker.client.Registered;
import io.junction.worker.client.Reply;
import io.junction.worker.client.Update;
import io.junction.worker.client.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one registration: it beats, begins and ends jobs as it is told, and reports, until it
 * retires, is retired, or is lost.
 *
 * <p>Concurrency: everything here happens on the agent's thread, which never blocks but for the
 * next event or deadline. Failure: whatever a reply is like, the loop goes on. A registration that
 * is lost (401, 404) takes with it what ran under it and what was to be reported: none of it would
 * be taken.
 */
final class Session {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** How long the killed are waited for; the leash sees to those that take longer. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  /** The watcher at the leash rounds, and begins to count a moment later than the worker. */
  private static final long LEASH_IS_EARLIER = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MOST_GOODBYES = 3;
  private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(3);
  private static final Pattern ENTRY = Pattern.compile("(assignments|updates)\\[(\\d{1,9})].*");

  private enum Over {
    LOST,
    STOPPED
  }

  private final Station station;
  private final Registered registered;
  private final Outbox outbox = new Outbox();
  private final Roster roster;
  private final Pulse pulse;
  private @Nullable Over over;
  private long overSince;
  private boolean givenBack;

  Session(Station station, Registered registered, long sentAt) {
    this.station = station;
    this.registered = registered;
    this.roster = new Roster(station, outbox);
    this.pulse = new Pulse(station, registered, sentAt);
  }

  /** Returns how the worker ended, or nothing when only this registration did. */
  Optional<End> run() throws InterruptedException {
    try {
      while (true) {
        long now = System.nanoTime();
        keepDeadlines(now);
        if (over != null) {
          if (roster.isEmpty() || now - overSince > PATIENCE) {
            return over == Over.STOPPED ? Optional.of(End.STOPPED) : Optional.empty();
          }
        } else if (station.drain().hopeless(now) || (station.drain().asked() && isDone())) {
          retire();
          return Optional.of(End.RETIRED);
        } else if (pulse.nanosLeft(now, !outbox.isEmpty()) <= 0) {
          var updates = outbox.batch();
          pulse.send(roster.listed(updates), updates);
        }
        station.mailbox().await(pause(System.nanoTime())).forEach(this::handle);
      }
    } finally {
      pulse.stop();
      roster.dropAll("the registration is over"); // nothing is left but after a failure
    }
  }

  private boolean isDone() {
    return roster.isEmpty() && outbox.isEmpty();
  }

  private void keepDeadlines(long now) {
    roster.endTimedOut(now);
    if (pulse.leaseIsOver(now)) {
      roster.fence();
    }
    if (station.drain().over(now) && !givenBack) {
      givenBack = true;
      if (roster.size() > 0) {
        log.warn("Drain: the time is over, {} jobs are given back", roster.size());
      }
      roster.giveBack();
    }
  }

  private long pause(long now) {
    if (over != null) {
      return overSince + PATIENCE - now + 1;
    }
    long pause = Math.min(pulse.nanosLeft(now, !outbox.isEmpty()), station.drain().nanosLeft(now));
    pause = Math.min(pause, roster.nanosLeft(now));
    return roster.hasExclusive() ? Math.min(pause, pulse.leaseEnd() - now) : pause;
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Replied(Pulse.Beat beat, Reply<HeartbeatAnswer> reply) -> {
        if (over == null && pulse.over(beat)) {
          replied(beat, reply);
        }
      }
      case Event.Started(Running running) -> roster.started(running);
      case Event.Ended(Running running, var ending) -> {
        // A worker that was stopped hears of the leash's work before it looks at the lease itself.
        if (pulse.leaseIsOver(System.nanoTime() + LEASH_IS_EARLIER)) {
          roster.fence();
        }
        roster.ended(running, ending);
      }
      case Event.DrainAsked(Duration limit) -> drain(limit);
      case Event.Introduced ignored -> {} // of a try that was given up
    }
  }

  private void drain(Duration limit) {
    station.drain().ask(limit);
    log.info("Drain: no new work, {} jobs have {} s to end", roster.size(), limit.toSeconds());
  }

  private void replied(Pulse.Beat beat, Reply<HeartbeatAnswer> reply) {
    switch (reply) {
      case Reply.Answered<HeartbeatAnswer>(HeartbeatAnswer answer) -> answered(beat, answer);
      case Reply.Refused<HeartbeatAnswer>(int status, Problem problem) ->
          refused(beat, status, problem);
      case Reply.Unreachable<HeartbeatAnswer>(String reason, Duration retryAfter) ->
          failed(reason, retryAfter);
    }
  }

  private void answered(Pulse.Beat beat, HeartbeatAnswer answer) {
    long leaseNanos = TimeUnit.MILLISECONDS.toNanos(answer.leaseMs());
    if (pulse.isOld(answer) || System.nanoTime() - beat.sentAt() >= leaseNanos) {
      failed("the answer came too late to be used", Duration.ZERO);
      return;
    }
    station.contact().regained();
    pulse.renewLease(beat, answer);
    outbox.answered(answer.updates());
    answer.updates().forEach(Session::noteRefusal);
    if (answer.directive() == Directive.STOP) {
      log.warn("Stop: Junction has retired this worker, {} jobs are being ended", roster.size());
      end(Over.STOPPED);
      return;
    }
    if (answer.directive() == Directive.DRAIN && !station.drain().asked()) {
      log.info(
          "Drain: asked for by Junction; no new work, {} jobs run to their end", roster.size());
      station.drain().ask();
    }
    boolean changed = roster.follow(answer.assignments(), registered.queue(), pulse.leaseEnd());
    pulse.answered(beat, answer, changed);
    if (outbox.holdsAny(beat.heartbeat().updates())) {
      failed("Junction gives no verdict on an update", Duration.ZERO);
    }
  }

  private static void noteRefusal(Verdict verdict) {
    if ("refused".equals(verdict.verdict()) || "unknown".equals(verdict.verdict())) {
      log.info(
          "Update {} of assignment {} was {}",
          verdict.event(),
          verdict.assignment(),
          verdict.verdict());
    }
  }

  private void refused(Pulse.Beat beat, int status, Problem problem) {
    // A proxy's own 404 or 401 is an outage, not a word of Junction's: it must not cost a job.
    if ((status == 404 && problem.is("not-found"))
        || (status == 401 && problem.is("unauthenticated"))) {
      log.warn(
          "Registration {} is lost ({}): {} jobs are being ended, {} updates dropped as refused",
          registered.id(),
          status,
          roster.size(),
          outbox.size());
      end(Over.LOST);
    } else if (status == 409 && problem.is("stale-heartbeat")) {
      pulse.jumpAbove(problem.lastSeq() == null ? 0 : problem.lastSeq());
      failed(
          "Junction has seen a later heartbeat than number " + beat.heartbeat().seq(),
          Duration.ZERO);
    } else if (!repair(beat, problem)) {
      failed(
          "Junction answers " + status + " to the heartbeat: " + problem.sentence(), Duration.ZERO);
    } else {
      pulse.failed(Duration.ZERO);
    }
  }

  /**
   * One bad entry refuses a whole heartbeat, so it must go, or nothing would be reported any more.
   */
  private boolean repair(Pulse.Beat beat, Problem problem) {
    boolean repaired = false;
    for (Problem.Field field : problem.fields()) {
      Matcher entry = ENTRY.matcher(String.valueOf(field.field()));
      if (entry.matches()) {
        int index = Integer.parseInt(entry.group(2));
        repaired |=
            entry.group(1).equals("updates")
                ? mend(beat.heartbeat().updates(), index, field)
                : index < beat.heartbeat().assignments().size();
        if (entry.group(1).equals("assignments") && index < beat.heartbeat().assignments().size()) {
          roster.drop(
              beat.heartbeat().assignments().get(index), "Junction refuses it: " + field.message());
        }
      }
    }
    return repaired;
  }

  /** An update that is refused for its result is sent without it, any other is dropped. */
  private boolean mend(List<Update> updates, int index, Problem.Field field) {
    if (index >= updates.size()) {
      return false;
    }
    Update update = updates.get(index);
    log.warn(
        "Update {} of assignment {} was refused: {}", update.event(), update.assignment(), field);
    outbox.drop(update);
    String state = update.state();
    if (update.result() != null && state != null) {
      outbox.add(
          Update.finish(update.assignment(), state, update.at(), "the result was refused", null));
    }
    return true;
  }

  private void failed(String reason, Duration retryAfter) {
    if (pulse.failed(retryAfter)) {
      station.contact().lost(reason);
    }
  }

  private void end(Over how) {
    over = how;
    overSince = System.nanoTime();
    outbox.clear();
    roster.dropAll(how == Over.LOST ? "the registration is lost" : "Junction said stop");
  }

  private void retire() throws InterruptedException {
    if (!outbox.isEmpty()) {
      log.warn("{} updates could not be reported", outbox.size());
    }
    JunctionClient client = station.client();
    for (int i = 0; i < MOST_GOODBYES; i++) {
      var reply = client.retire(registered, GOODBYE_TIMEOUT).join();
      if (!(reply instanceof Reply.Unreachable)) {
        log.info("Retired worker {}", registered.id());
        return;
      }
    }
    log.warn(
        "Junction did not hear the goodbye of worker {}; it will be missed soon", registered.id());
  }
}
