package io.junction.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.explain.ExplainJob;
import io.junction.common.explain.Explanation;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a job before a round, against what the round does, in random worlds. */
@Postgres
class ExplainedRoundsPostgresTest {

  private final Rows rows;

  ExplainedRoundsPostgresTest(TestDatabase database) {
    this.rows = new Rows(database);
  }

  @ParameterizedTest
  @CsvSource({
    "1, fifo",
    "2, fifo",
    "3, fifo",
    "4, fifo",
    "1, owner",
    "2, owner",
    "3, owner",
    "4, owner"
  })
  void a_job_is_said_to_be_next_if_and_only_if_the_next_round_moves_it(long seed, String fairness) {
    try (var copy = new DispatcherCopy(Map.of("junction.dispatch.fairness", fairness))) {
      var world = new RandomWorld(rows, new Random(seed));
      world.limits();
      world.jobs(30);
      var asking = ids("state = 'created'");
      var admitted = next(copy, asking);
      round(copy, "limit");
      assertThat(ids("state = 'queued' AND assignment_id IS NULL AND " + among(asking)))
          .as("let in, seed %d", seed)
          .isEqualTo(admitted);

      world.queues();
      var waiting = ids("in_line");
      var placed = next(copy, waiting);
      round(copy, "dispatch");
      assertThat(ids("assignment_id IS NOT NULL AND " + among(waiting)))
          .as("placed, seed %d", seed)
          .isEqualTo(placed);
      assertThat(admitted.size() + placed.size()).as("seed %d", seed).isPositive();
      assertThat(admitted.size()).as("some are bound, seed %d", seed).isLessThan(asking.size());
    }
  }

  private static List<Long> next(DispatcherCopy copy, List<Long> jobs) {
    var explain = copy.get(ExplainJob.class);
    return jobs.stream()
        .filter(id -> explain.explain(id).map(Explanation::isNext).orElseThrow())
        .toList();
  }

  private static void round(DispatcherCopy copy, String name) {
    copy.all(Work.class).stream()
        .filter(work -> work.name().equals(name))
        .forEach(work -> work.run(Wake.POLL));
  }

  private static String among(List<Long> ids) {
    return "id = ANY ('{" + String.join(",", ids.stream().map(String::valueOf).toList()) + "}')";
  }

  private List<Long> ids(String condition) {
    return rows.texts("SELECT id FROM junction.jobs WHERE " + condition + " ORDER BY id").stream()
        .map(Long::valueOf)
        .toList();
  }
}
