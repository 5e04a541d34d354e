package io.junction.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.explain.ExplainJob;
import io.junction.common.explain.Explanation;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a job before a round, against what the round does, in random worlds. */
@Postgres
class ExplainedRoundsPostgresTest {

  private DispatcherCopy copy;
  private ExplainJob explain;
  private Rows rows;

  @BeforeEach
  void start(TestDatabase database) {
    rows = new Rows(database);
    copy = new DispatcherCopy();
    explain = copy.get(ExplainJob.class);
  }

  @AfterEach
  void stop() {
    copy.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_job_is_said_to_be_next_if_and_only_if_the_next_round_moves_it(long seed) {
    var world = new RandomWorld(rows, new Random(seed));
    world.limits();
    world.jobs(30);
    var asking = ids("state = 'created'");
    var admitted = next(asking);
    round("limit");
    assertThat(ids("state = 'queued' AND assignment_id IS NULL AND " + among(asking)))
        .as("let in, seed %d", seed)
        .isEqualTo(admitted);

    world.queues();
    var waiting = ids("in_line");
    var placed = next(waiting);
    round("dispatch");
    assertThat(ids("assignment_id IS NOT NULL AND " + among(waiting)))
        .as("placed, seed %d", seed)
        .isEqualTo(placed);
    assertThat(admitted.size() + placed.size()).as("seed %d", seed).isPositive();
    assertThat(admitted.size()).as("some are bound, seed %d", seed).isLessThan(asking.size());
  }

  private List<Long> next(List<Long> jobs) {
    return jobs.stream()
        .filter(id -> explain.explain(id).map(Explanation::isNext).orElseThrow())
        .toList();
  }

  private void round(String name) {
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
