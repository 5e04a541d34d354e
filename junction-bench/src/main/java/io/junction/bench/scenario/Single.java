package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.Lives;
import java.time.Duration;

/** Scenario single: every job is submitted, taken, started and finished by requests of its own. */
final class Single implements Scenario {

  @Override
  public String name() {
    return "single";
  }

  @Override
  public String summary() {
    return "64 clients; each job submitted, taken, started, finished by its own requests";
  }

  @Override
  public void run(Stage stage) throws Exception {
    var time = Duration.ofSeconds(stage.size().of(20, 1));
    Lives.warm(stage);
    double empty = stage.ceilings().emptyPosts();
    stage.backdrop().clear();
    var lives = new Lives(stage.house().api());
    try (var crowd = new Crowd()) {
      lives.begin(crowd);
      crowd.await(time.dividedBy(4)); // they register, and the first jobs come
      var before = stage.meter().read();
      long jobsBefore = lives.finished();
      long started = System.nanoTime();
      crowd.await(time);
      long jobs = Math.max(1, lives.finished() - jobsBefore);
      double seconds = (System.nanoTime() - started) / 1e9;
      var counters = stage.meter().read().since(before);
      lives.end();
      stage.add(
          Result.of("single", jobs / seconds, "jobs/s")
              .against("c2", empty)
              .with(lives.latencies())
              .costing(jobs, counters)
              .noting("times are from a client's submit to the end of the job that it took"));
    }
  }
}
