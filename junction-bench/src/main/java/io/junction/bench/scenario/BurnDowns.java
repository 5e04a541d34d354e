package io.junction.bench.scenario;

import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.BurnDown;
import io.junction.bench.workload.BurnDown.Reports;
import io.junction.bench.workload.Lives;

/** Scenario burn-down: 200,000 queued jobs, in one queue and in a hundred. */
final class BurnDowns implements Scenario {

  @Override
  public String name() {
    return "burn-down";
  }

  @Override
  public String summary() {
    return "200,000 queued no-op jobs, 20 workers × 100 slots that report in heartbeats";
  }

  @Override
  public void run(Stage stage) throws Exception {
    int jobs = stage.size().of(200_000, 1_000);
    // First, since they end the daemons' processes, and what is measured then are warm ones.
    double atOnceBySql = stage.ceilings().sqlAtOnce();
    double stepByStepBySql = stage.ceilings().sqlStepByStep();
    double dbScheduler = stage.ceilings().dbScheduler();
    Lives.warm(stage);
    burn(stage, jobs, 1, Reports.AT_ONCE); // the compilers are at it for long
    stage.add(
        burn(stage, jobs, 1, Reports.AT_ONCE)
            .result("burn-down, 1 queue")
            .against("c1", atOnceBySql)
            .against("c3", dbScheduler));
    stage.add(
        burn(stage, jobs, stage.size().of(100, 10), Reports.AT_ONCE)
            .result("burn-down, 100 queues")
            .against("c1", atOnceBySql)
            .against("c3", dbScheduler));
    stage.add(
        burn(stage, jobs, 1, Reports.STEP_BY_STEP)
            .result("burn-down, step by step")
            .against("c1", stepByStepBySql)
            .against("c3", dbScheduler));
  }

  private static BurnDown.Burnt burn(Stage stage, int jobs, int queues, Reports reports)
      throws Exception {
    stage.say("burn-down: %,d jobs in %d queues".formatted(jobs, queues));
    stage.backdrop().clear();
    return new BurnDown(stage, queues, reports).run(jobs);
  }
}
