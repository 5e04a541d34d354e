package io.junction.api.heartbeat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.junction.api.heartbeat.HeartbeatStatements.Hearing;
import io.junction.api.heartbeat.HeartbeatStatements.Open;
import io.junction.api.heartbeat.HeartbeatStatements.Pair;
import io.junction.common.assignment.Outcome;
import io.junction.common.hint.Hints;
import io.junction.common.transition.Closing;
import io.junction.common.transition.Report;
import io.junction.common.transition.Transitions;
import io.junction.common.transition.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies heartbeats of many workers in one transaction: hears those that are new, applies their
 * reports, then compares what each worker lists with what it has.
 *
 * <p>Concurrency: the worker's row in {@code worker_heartbeats} is locked first and everything else
 * is read after that, so two heartbeats of one worker are applied one after the other, the newer
 * one last, whichever copy of the API they reach. Why that matters: were the open assignments read
 * before, an assignment that is being finished by a heartbeat on another copy could still look
 * open, and its worker would be told to start it again.
 */
@Component
class ReceiveHeartbeats {

  private static final int REMEMBERED = 100_000;

  private final HeartbeatStatements statements;
  private final Transitions transitions;
  private final Hints hints;
  private final TransactionTemplate transaction;

  /** The last assignment that was seen of a worker, so that the database need not look for it. */
  private final Cache<UUID, UUID> lastKnown = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  ReceiveHeartbeats(
      HeartbeatStatements statements,
      Transitions transitions,
      Hints hints,
      TransactionTemplate transaction) {
    this.statements = statements;
    this.transitions = transitions;
    this.hints = hints;
    this.transaction = transaction;
  }

  /** A reply for each, in their order. Each worker's heartbeats are applied in their order. */
  List<Reply> receive(List<Heartbeat> beats) {
    // By identity: a heartbeat that was sent twice is heard once.
    var replies = new IdentityHashMap<Heartbeat, Reply>();
    var waiting = new ArrayList<>(beats);
    while (!waiting.isEmpty()) {
      var wave = new LinkedHashMap<UUID, Heartbeat>();
      waiting.removeIf(beat -> wave.putIfAbsent(beat.worker(), beat) == null);
      receiveOfDistinctWorkers(wave, replies);
    }
    return beats.stream().map(beat -> Objects.requireNonNull(replies.get(beat))).toList();
  }

  private void receiveOfDistinctWorkers(Map<UUID, Heartbeat> wave, Map<Heartbeat, Reply> replies) {
    var beats = new LinkedHashMap<>(wave);
    while (!beats.isEmpty()) {
      try {
        var heard = Objects.requireNonNull(transaction.execute(status -> inTransaction(beats)));
        beats
            .values()
            .forEach(beat -> replies.put(beat, Objects.requireNonNull(heard.get(beat.worker()))));
        return;
      } catch (ForeignAssignments foreign) {
        // Nothing was changed: those that list what is not theirs go, the others try again.
        foreign.pairs.forEach(
            pair -> {
              var beat = beats.remove(pair.worker());
              if (beat != null) {
                replies.put(beat, new Reply.Foreign(pair.assignment()));
              }
            });
      }
    }
  }

  private Map<UUID, Reply> inTransaction(Map<UUID, Heartbeat> beats) {
    var heard = new LinkedHashMap<UUID, Hearing>();
    statements
        .hear(List.copyOf(beats.values()), lastKnown.getAllPresent(beats.keySet()))
        .forEach(hearing -> heard.put(hearing.worker(), hearing));
    var replies = new HashMap<UUID, Reply>();
    if (heard.size() < beats.size()) {
      replies.putAll(unheard(beats.keySet(), heard.keySet()));
    }
    if (heard.isEmpty()) {
      return replies;
    }
    var heardBeats = heard.keySet().stream().map(beats::get).map(Objects::requireNonNull).toList();
    var open =
        statements.open(heard.values()).stream()
            .collect(Collectors.toMap(Open::id, o -> o, (a, b) -> a, LinkedHashMap::new));
    open.values().forEach(assignment -> lastKnown.put(assignment.worker(), assignment.id()));
    refuseForeign(heardBeats, open);
    noteWorkers(heardBeats, heard);
    var verdicts = report(heardBeats, open);
    reconcile(heardBeats, heard, open);
    var work = workOf(open, listedBy(heardBeats));
    for (var hearing : heard.values()) {
      var worker = hearing.worker();
      var draining = hearing.draining() || Objects.requireNonNull(beats.get(worker)).draining();
      replies.put(
          worker,
          new Reply.Heard(
              work.getOrDefault(worker, List.of()),
              verdicts.getOrDefault(worker, List.of()),
              Directive.of(hearing.retired(), draining),
              hearing.leaseMs()));
    }
    return replies;
  }

  private Map<UUID, Reply> unheard(Set<UUID> workers, Set<UUID> heard) {
    var others = new HashSet<>(workers);
    others.removeAll(heard);
    var newest = statements.newest(others);
    var replies = new HashMap<UUID, Reply>();
    for (var worker : others) {
      var seq = newest.get(worker);
      replies.put(worker, seq == null ? new Reply.Nobody() : new Reply.Stale(seq));
    }
    return replies;
  }

  /**
   * Looks what these workers have by now, for polls that were woken: a reply for each, in their
   * order. It writes nothing; where that is not enough to answer an idle worker, the reply is
   * {@link Reply.Unsure}.
   */
  List<Reply> look(List<Heartbeat> beats) {
    var newest = new LinkedHashMap<UUID, Heartbeat>();
    beats.forEach(beat -> newest.merge(beat.worker(), beat, (a, b) -> a.seq() >= b.seq() ? a : b));
    var sights =
        statements.look(newest.values()).stream()
            .collect(Collectors.groupingBy(HeartbeatStatements.Sight::worker));
    return beats.stream()
        .map(
            beat -> {
              long seq = Objects.requireNonNull(newest.get(beat.worker())).seq();
              return beat.seq() < seq
                  ? new Reply.Stale(seq)
                  : replyTo(beat, sights.getOrDefault(beat.worker(), List.of()));
            })
        .toList();
  }

  private Reply replyTo(Heartbeat beat, List<HeartbeatStatements.Sight> sights) {
    if (sights.isEmpty()) {
      return new Reply.Nobody();
    }
    var worker = sights.getFirst();
    if (beat.isIdle() && !worker.trusted()) {
      return new Reply.Unsure();
    }
    var work = new ArrayList<HeartbeatResponse.Work>();
    for (var sight : sights) {
      var id = sight.assignment();
      if (id != null) {
        lastKnown.put(beat.worker(), id);
        if (sight.job() != null || beat.listed().contains(id)) {
          work.add(new HeartbeatResponse.Work(id, sight.attempt(), sight.job()));
        }
      }
    }
    return new Reply.Heard(work, List.of(), worker.directive(), worker.leaseMs());
  }

  private void refuseForeign(List<Heartbeat> beats, Map<UUID, Open> open) {
    var suspicious = new ArrayList<Pair>();
    for (var beat : beats) {
      for (var id : beat.listed()) {
        var known = open.get(id);
        if (known == null || !known.worker().equals(beat.worker())) {
          suspicious.add(new Pair(beat.worker(), id));
        }
      }
    }
    if (!suspicious.isEmpty()) {
      var foreign = statements.foreign(suspicious);
      if (!foreign.isEmpty()) {
        throw new ForeignAssignments(foreign);
      }
    }
  }

  private void noteWorkers(List<Heartbeat> beats, Map<UUID, Hearing> heard) {
    var lost = heard.values().stream().filter(Hearing::lost).toList();
    statements.foundAgain(lost.stream().map(Hearing::worker).toList());
    hints.queues(lost.stream().map(Hearing::queue).collect(Collectors.toSet()));
    statements.drain(
        beats.stream()
            .filter(
                beat ->
                    beat.draining() && !Objects.requireNonNull(heard.get(beat.worker())).draining())
            .map(Heartbeat::worker)
            .toList());
  }

  /** Applies the reports; what they close is no longer open. */
  private Map<UUID, List<Verdict>> report(List<Heartbeat> beats, Map<UUID, Open> open) {
    var reports = beats.stream().flatMap(beat -> beat.reports().stream()).toList();
    var verdicts = transitions.report(reports);
    var byWorker = new HashMap<UUID, List<Verdict>>();
    for (int i = 0; i < reports.size(); i++) {
      Report report = reports.get(i);
      byWorker.computeIfAbsent(report.worker(), w -> new ArrayList<>()).add(verdicts.get(i));
      if (report.event().closes() && verdicts.get(i).kind() == Verdict.Kind.APPLIED) {
        open.remove(report.assignment());
      }
    }
    return byWorker;
  }

  /**
   * Closes what was dropped, and what a draining worker has not taken up; notes what is listed for
   * the first time. What was listed before was renewed with its worker.
   */
  private void reconcile(List<Heartbeat> beats, Map<UUID, Hearing> heard, Map<UUID, Open> open) {
    var listed = listedBy(beats);
    var closings = new ArrayList<Closing>();
    for (var beat : beats) {
      boolean draining =
          beat.draining() || Objects.requireNonNull(heard.get(beat.worker())).draining();
      for (var assignment : open.values()) {
        if (!assignment.worker().equals(beat.worker()) || listed.contains(assignment.id())) {
          continue;
        }
        if (assignment.listed()) {
          closings.add(
              Closing.of(
                  assignment.id(), Outcome.LOST, "its worker dropped it without a word", false));
        } else if (draining && !assignment.takenUp()) {
          closings.add(
              Closing.of(assignment.id(), Outcome.RETIRED, "its worker takes no new work", false));
        }
      }
    }
    // In this order: whoever holds rows of assignments waits for nothing any more.
    transitions.close(closings);
    statements.noteListed(
        open.values().stream()
            .filter(assignment -> !assignment.listed() && listed.contains(assignment.id()))
            .map(Open::id)
            .toList());
    closings.forEach(closing -> open.remove(closing.assignment()));
  }

  private Map<UUID, List<HeartbeatResponse.Work>> workOf(Map<UUID, Open> open, Set<UUID> listed) {
    var unseen = open.keySet().stream().filter(id -> !listed.contains(id)).toList();
    var jobs = new HashMap<UUID, HeartbeatResponse.WorkJob>();
    statements.jobs(unseen).forEach(payload -> jobs.put(payload.assignment(), payload.job()));
    var work = new HashMap<UUID, List<HeartbeatResponse.Work>>();
    for (var assignment : open.values()) {
      var job = jobs.get(assignment.id());
      if (job != null || listed.contains(assignment.id())) {
        work.computeIfAbsent(assignment.worker(), w -> new ArrayList<>())
            .add(new HeartbeatResponse.Work(assignment.id(), assignment.attempt(), job));
      }
    }
    return work;
  }

  private static Set<UUID> listedBy(List<Heartbeat> beats) {
    var listed = new HashSet<UUID>();
    beats.forEach(beat -> listed.addAll(beat.listed()));
    return listed;
  }

  private static final class ForeignAssignments extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Pair> pairs;

    ForeignAssignments(List<Pair> pairs) {
      super("heartbeats list assignments that were never theirs", null, false, false);
      this.pairs = pairs;
    }
  }
}
