package io.junction.bench.scenario;

import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.BurnDown;
import io.junction.bench.workload.BurnDown.Reports;

/** Scenario history: burn-down again, after two million jobs that have ended. */
final class LongHistory implements Scenario {

  private static final int A_DAY = 86_400;

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String summary() {
    return "burn-down after 2,000,000 finished jobs, against a fresh one";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int jobs = stage.size().of(200_000, 1_000);
    int history = stage.size().of(2_000_000, 5_000);
    stage.backdrop().clear();
    new BurnDown(stage, 1, Reports.AT_ONCE).run(jobs); // the compilers are at it for long
    stage.backdrop().clear();
    double fresh = new BurnDown(stage, 1, Reports.AT_ONCE).run(jobs).perSecond();
    stage.backdrop().clear();
    stage.say("history: %,d finished jobs".formatted(history));
    stage.backdrop().finish(history, A_DAY);
    var burnt = new BurnDown(stage, 1, Reports.AT_ONCE).run(jobs);
    stage.add(burnt.result("history").against("fresh", fresh));
  }
}
