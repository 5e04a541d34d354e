package io.junction.bench.stage;

import io.junction.bench.ceiling.DbScheduler;
import io.junction.bench.ceiling.EmptyPost;
import io.junction.bench.ceiling.SqlLife;
import io.junction.bench.report.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the scenarios are held against: each measured once in a run, when it is first asked for. */
public final class Ceilings {

  private final Stage stage;
  private final Map<String, Double> measured = new HashMap<>();

  Ceilings(Stage stage) {
    this.stage = stage;
  }

  /** c1: set-based SQL that writes received, started and passed one after the other, jobs/s. */
  public double sqlStepByStep() throws Exception {
    return measure("c1, step by step", "jobs/s", () -> sql(true));
  }

  /** c1: set-based SQL that writes an end in one, jobs/s. */
  public double sqlAtOnce() throws Exception {
    return measure("c1, at once", "jobs/s", () -> sql(false));
  }

  /** c2: empty requests/s of 64 clients. */
  public double emptyPosts() throws Exception {
    var time = Duration.ofSeconds(stage.size().of(8, 1));
    return measure(
        "c2", "requests/s", () -> EmptyPost.requestsPerSecond(stage.house().api(), 64, time));
  }

  /** c3: db-scheduler's tasks/s. */
  public double dbScheduler() throws Exception {
    return measure(
        "c3",
        "tasks/s",
        () -> {
          DbScheduler.tasksPerSecond(stage.house().database(), stage.size().of(20_000, 100));
          return DbScheduler.tasksPerSecond(
              stage.house().database(), stage.size().of(100_000, 1_000));
        });
  }

  private double sql(boolean stepByStep) throws Exception {
    stage.withoutDispatcher();
    double rate = 0;
    for (int jobs : new int[] {stage.size().of(20_000, 100), stage.size().of(100_000, 1_000)}) {
      stage.backdrop().clear();
      stage.backdrop().queue(jobs, 1);
      rate = SqlLife.jobsPerSecond(stage.house().database(), stepByStep);
    }
    return rate;
  }

  private double measure(String name, String unit, Measurement measurement) throws Exception {
    var known = measured.get(name);
    if (known != null) {
      return known;
    }
    stage.say("ceiling " + name);
    double value = measurement.take();
    measured.put(name, value);
    stage.add(Result.of("ceiling " + name, value, unit));
    return value;
  }

  @FunctionalInterface
  private interface Measurement {
    double take() throws Exception;
  }
}
