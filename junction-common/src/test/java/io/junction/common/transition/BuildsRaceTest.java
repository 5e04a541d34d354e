package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.BuildState;
import io.junction.common.job.JobState;
import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever changes jobs of the same builds at the same time, in whatever way: nobody waits for each
 * other in a circle, and what was told is what there is.
 */
@Postgres
class BuildsRaceTest {

  private static final int THREADS = 6;
  private static final int STEPS = 30;
  private static final int BUILDS = 6;

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void builds_and_what_is_told_of_them_agree(long seed) throws Exception {
    var sites = new ArrayList<BuildSite>();
    for (int i = 0; i < BUILDS; i++) {
      sites.add(BuildSite.of(house, i % 2 == 0 ? "a b c? d | e f | g" : "a b c d? e? f g", i > 1));
    }
    var threads = new ArrayList<Callable<Boolean>>();
    for (int thread = 0; thread < THREADS; thread++) {
      var random = new Random(seed * 100 + thread);
      threads.add(
          () -> {
            for (int step = 0; step < STEPS; step++) {
              act(sites, random);
            }
            return true;
          });
    }
    Concurrently.run(threads);
    assertThat(contradictions()).isEmpty();
    Concurrently.run(IntStream.range(0, THREADS).mapToObj(n -> endsOfEach(sites, n)).toList());
    assertThat(contradictions()).isEmpty();
    assertThat(sites).allMatch(site -> site.state().isFinal());
  }

  /** What is left of each build ends at once, by as many as there are threads. */
  private Callable<Boolean> endsOfEach(List<BuildSite> sites, int thread) {
    return () -> {
      for (var site : sites) {
        var rows = List.copyOf(site.jobs.values());
        for (int i = thread; i < rows.size(); i += THREADS) {
          var row = rows.get(i);
          house.report(row, JobEvent.FINISH, JobState.PASSED);
          house.inTransaction(() -> house.jobs.cancel(row.job(), "enough"));
        }
      }
      return true;
    };
  }

  /**
   * The first has changed its job and has not committed; the second must not decide about the build
   * before that. Then it sees what the first has done, though its own transaction is older.
   */
  @Test
  void the_second_of_two_jobs_that_end_waits_and_then_sees_the_first() throws Exception {
    var site = BuildSite.of(house, "a b", false);
    site.happens("a started");
    site.happens("b started");
    house.waiting(
        () -> house.report(site.job("a"), JobEvent.FINISH, JobState.FAILED),
        () -> house.report(site.job("b"), JobEvent.FINISH, JobState.PASSED));
    assertThat(site.state()).isEqualTo(BuildState.FAILED);
    assertThat(site.told()).containsExactly("created", "started", "finished");
  }

  private void act(List<BuildSite> sites, Random random) {
    var site = sites.get(random.nextInt(sites.size()));
    var other = sites.get(random.nextInt(sites.size()));
    var rows = List.copyOf(site.jobs.values());
    var row = rows.get(random.nextInt(rows.size()));
    var far = List.copyOf(other.jobs.values()).get(random.nextInt(rows.size()));
    switch (random.nextInt(10)) {
      case 0 -> house.report(row, JobEvent.START, null);
      case 1, 2 ->
          house.reports(
              List.of(
                  house.reportOf(row, JobEvent.FINISH, JobState.PASSED, null),
                  house.reportOf(far, JobEvent.FINISH, JobState.FAILED, null)));
      case 3 ->
          house.reports(
              List.of(
                  house.reportOf(far, JobEvent.FINISH, JobState.ERRORED, null),
                  house.reportOf(row, JobEvent.RESTART, null, null)));
      case 4 ->
          house.close(
              Closing.of(row.assignment(), Outcome.LOST, "gone", false),
              Closing.of(far.assignment(), Outcome.TIMED_OUT, "late", false));
      case 5 -> house.inTransaction(() -> house.jobs.cancel(row.job(), "enough"));
      case 6, 7 -> house.inTransaction(() -> house.jobs.restart(row.job(), "again"));
      case 8 -> house.inTransaction(() -> house.builds.cancel(site.build, "enough"));
      default -> house.inTransaction(() -> house.builds.restart(site.build, "again"));
    }
  }

  /**
   * What the rows say against what was told, and a build against its jobs; empty when all agree.
   */
  private List<String> contradictions() {
    return house
        .jdbc
        .sql(
            """
            SELECT 'job ' || j.id || ' is ' || j.state || ', told ' || e.state FROM jobs j
            CROSS JOIN LATERAL (
              SELECT state, version FROM events WHERE job_id = j.id ORDER BY id DESC LIMIT 1) AS e
            WHERE j.build_id IS NOT NULL
              AND (e.state <> j.state OR (e.version <> j.version AND j.version > 2))
            UNION ALL
            SELECT 'build ' || b.id || ' is ' || b.state || ', told ' || e.state FROM builds b
            CROSS JOIN LATERAL (
              SELECT state, version FROM events
              WHERE build_id = b.id AND kind LIKE 'build:%' ORDER BY id DESC LIMIT 1) AS e
            WHERE e.state <> b.state OR e.version <> b.version
            UNION ALL
            SELECT 'build ' || b.id || ' is told of twice at ' || e.version
            FROM builds b JOIN events e ON e.build_id = b.id AND e.kind LIKE 'build:%'
            GROUP BY b.id, e.version HAVING count(*) > 1
            UNION ALL
            SELECT 'job ' || e.job_id || ' is told of twice at ' || e.version
            FROM events e WHERE e.job_id IS NOT NULL
            GROUP BY e.job_id, e.version HAVING count(*) > 1
            UNION ALL
            SELECT 'build ' || b.id || ' is ' || b.state || ' with a required job left'
            FROM builds b
            WHERE b.finished_at IS NOT NULL AND EXISTS (
              SELECT FROM jobs j WHERE j.build_id = b.id AND j.finished_at IS NULL
                AND NOT j.allow_failure)
            UNION ALL
            SELECT 'build ' || b.id || ' is ' || b.state || ' with nothing left'
            FROM builds b
            WHERE b.finished_at IS NULL AND NOT EXISTS (
              SELECT FROM jobs j WHERE j.build_id = b.id AND j.finished_at IS NULL)
            UNION ALL
            SELECT 'build ' || b.id || ' passed beside a failure'
            FROM builds b
            WHERE b.state = 'passed' AND EXISTS (
              SELECT FROM jobs j WHERE j.build_id = b.id AND NOT j.allow_failure
                AND j.state <> 'passed')
            """)
        .query((row, n) -> row.getString(1))
        .list();
  }
}
