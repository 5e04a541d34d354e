package io.junction.bench.scenario;

import io.junction.bench.load.Crowd;
import io.junction.bench.load.Latencies;
import io.junction.bench.measure.Counters;
import io.junction.bench.measure.Rounds;
import io.junction.bench.report.Result;
import io.junction.bench.stage.Scenario;
import io.junction.bench.stage.Stage;
import io.junction.bench.workload.BurnDown;
import io.junction.bench.workload.BurnDown.Reports;
import java.time.Duration;

/** Scenario limits: what jobs that are bound by limits cost those that are not, and the house. */
final class Limits implements Scenario {

  private static final String FREE = "free-";
  private static final String FULL = "full-";
  private static final int FREE_OWNERS = 100;
  private static final int ROOM = 1_000;
  private static final int FEW = 2;
  private static final int BATCH = 1_000;

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public String summary() {
    return "50,000 free jobs beside 100,000 that 1,000 owners' limits hold; 1,000,000 of one owner";
  }

  @Override
  public void run(Stage stage) throws Exception {
    flow(stage);
    rest(stage);
    stage.owned().clear();
  }

  /** In turns, since the machine's speed changes; the best of each, and the rounds of all. */
  private static void flow(Stage stage) throws Exception {
    int free = stage.size().of(50_000, 500);
    int owners = stage.size().of(1_000, 10);
    int blocked = stage.size().of(100_000, 1_000);
    for (int i = 0; i < stage.size().of(2, 1); i++) {
      burn(stage, free, owners, blocked, new Latencies()); // the compilers are at it for long
    }
    var rounds = new Latencies();
    var roundsWithout = new Latencies();
    double without = 0;
    BurnDown.Burnt best = null;
    for (int i = 0; i < stage.size().of(3, 1); i++) {
      without = Math.max(without, burn(stage, free, owners, 0, roundsWithout).perSecond());
      var burnt = burn(stage, free, owners, blocked, rounds);
      best = best == null || burnt.perSecond() > best.perSecond() ? burnt : best;
    }
    if (best != null) {
      stage.add(
          best.result("limits, %,d free jobs".formatted(free))
              .against("without blocked ones", without)
              .noting(
                  "beside %,d jobs held by %,d owners' limits; the best of three each, in turns"
                      .formatted(blocked, owners)));
    }
    stage.add(rounds("limits, rounds", rounds));
    stage.add(rounds("limits, rounds without blocked ones", roundsWithout));
  }

  private static Result rounds(String name, Latencies rounds) {
    return Result.of(name, rounds.max().toNanos() / 1e6, "ms, the longest").with(rounds);
  }

  private static BurnDown.Burnt burn(
      Stage stage, int free, int owners, int blocked, Latencies rounds) throws Exception {
    stage.say("limits: %,d free jobs, %,d blocked ones".formatted(free, blocked));
    stage.backdrop().clear();
    stage.owned().clear();
    stage.owned().owners(FREE, FREE_OWNERS, ROOM);
    if (blocked > 0) {
      stage.owned().block(FULL, owners, FEW, blocked);
    }
    stage.backdrop().settle();
    var dispatcher = stage.house().dispatcher();
    var before = Rounds.of(dispatcher, "limit");
    var burnt =
        new BurnDown(stage, 1, Reports.AT_ONCE)
            .run(
                free,
                () -> {
                  for (int done = 0; done < free; done += BATCH) {
                    stage.owned().ask(FREE, FREE_OWNERS, Math.min(BATCH, free - done));
                  }
                });
    rounds.add(Rounds.of(dispatcher, "limit").since(before));
    return burnt;
  }

  /** Nothing happens, without jobs and with a million that one owner's limit holds. */
  private static void rest(Stage stage) throws Exception {
    int blocked = stage.size().of(1_000_000, 2_000);
    stage.withoutApi();
    stage.house().dispatcher();
    stage.backdrop().clear();
    stage.owned().clear();
    var nothing = aMinute(stage);
    stage.say("limits: %,d jobs of one owner".formatted(blocked));
    stage.owned().block(FULL, 1, FEW, blocked);
    stage.backdrop().settle();
    var counters = aMinute(stage);
    stage.add(
        Result.of(
                "limits, idle beside %,d of one owner".formatted(blocked),
                (double) counters.statements(),
                "statements a minute")
            .against("beside nothing", (double) Math.max(1, nothing.statements()))
            .noting(cpu("dispatcher", nothing, counters))
            .noting(cpu("postgres", nothing, counters)));
  }

  private static String cpu(String process, Counters nothing, Counters counters) {
    return "%s %.2f s of CPU, beside nothing %.2f s"
        .formatted(
            process,
            counters.cpuSeconds().getOrDefault(process, 0.0),
            nothing.cpuSeconds().getOrDefault(process, 0.0));
  }

  private static Counters aMinute(Stage stage) throws InterruptedException {
    try (var nobody = new Crowd()) {
      nobody.await(Duration.ofSeconds(stage.size().of(40, 1))); // until all is quiet
      var before = stage.meter().read();
      nobody.await(Duration.ofSeconds(stage.size().of(60, 1)));
      return stage.meter().read().since(before);
    }
  }
}
