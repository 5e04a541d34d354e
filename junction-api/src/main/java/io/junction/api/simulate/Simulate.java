package io.junction.api.simulate;

import io.junction.common.limit.Limits;
import io.junction.common.limit.Worlds;
import io.junction.common.simulate.Conditions;
import io.junction.common.simulate.Conditions.QueueRoom;
import io.junction.common.simulate.PastJob;
import io.junction.common.simulate.Peaks;
import io.junction.common.simulate.Replay;
import io.junction.common.simulate.RunTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers how long the jobs of the last hours would have waited.
 *
 * <p>Invariant: it changes nothing; what it reads is one state of the database, in a transaction
 * that may only read and has ended before anything is replayed.
 */
@Component
class Simulate {

  private static final int MOST_JOBS = 100_000;
  private static final int LONGEST_READ_S = 15;

  private final PastStatements statements;
  private final Worlds worlds;
  private final TransactionTemplate reading;

  Simulate(PastStatements statements, Worlds worlds, TransactionTemplate transaction) {
    this.statements = statements;
    this.worlds = worlds;
    this.reading =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    reading.setReadOnly(true);
    reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    reading.setTimeout(LONGEST_READ_S);
  }

  SimulationResponse simulate(SimulationRequest request) {
    var past = Objects.requireNonNull(reading.execute(status -> read(request.hoursOrDefault())));
    var changed = WhatIf.changed(past.present(), request.changes());
    return aside(() -> compare(past, changed, request.hoursOrDefault()));
  }

  private Past read(int hours) {
    var window = statements.window(hours, MOST_JOBS);
    var found = statements.jobs(window, MOST_JOBS);
    var jobs = found.stream().filter(job -> job.taken() != null || job.ended() == null).toList();
    var present = new Conditions(limits(jobs), statements.queues(queuesOf(jobs)));
    return new Past(window, jobs, found.size() - jobs.size(), withPeaks(present, jobs, window));
  }

  private Limits limits(List<PastJob> jobs) {
    return worlds.limits(
        jobs.stream()
            .map(job -> job.job().owner())
            .filter(owner -> !owner.isEmpty())
            .collect(Collectors.toSet()),
        jobs.stream()
            .flatMap(job -> Stream.ofNullable(job.job().repository()))
            .collect(Collectors.toSet()));
  }

  private static List<String> queuesOf(List<PastJob> jobs) {
    return jobs.stream().map(job -> job.job().queue()).distinct().toList();
  }

  /** Workers come and go: where more ran at a time than there are slots now, so many there were. */
  private static Conditions withPeaks(Conditions present, List<PastJob> jobs, PastWindow window) {
    var queues = new HashMap<>(present.queues());
    Peaks.of(jobs, window.lengthMs())
        .forEach(
            (queue, peak) ->
                queues.computeIfPresent(
                    queue,
                    (name, room) -> new QueueRoom(room.capacity(), Math.max(room.slots(), peak))));
    return new Conditions(present.limits(), queues);
  }

  private static SimulationResponse compare(Past past, Conditions changed, int hours) {
    var runTimes = new RunTimes(past.jobs(), past.window().lengthMs());
    var before = Replay.run(past.jobs(), runTimes, past.present());
    var after =
        changed.equals(past.present()) ? before : Replay.run(past.jobs(), runTimes, changed);
    return new Comparison(past, changed, before.waits(), after.waits()).response(hours);
  }

  /**
   * Replays on a thread of its own, which the system interrupts for others: requests share as many
   * as there are processors, and one that computes for a second would hold a heartbeat up.
   */
  private static SimulationResponse aside(Callable<SimulationResponse> work) {
    var task = new FutureTask<>(work);
    Thread.ofPlatform().name("simulation").daemon().start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it was replayed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a replay failed", e.getCause());
    }
  }
}
