package io.junction.common.build;

import io.junction.common.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How builds and stages follow from their jobs. Their events are written by the tables' triggers.
 *
 * <p>Whoever reads jobs to decide about a build does so in a statement of its own, after the build
 * is locked: the snapshot of one that waited for the lock would miss what the holder changed.
 */
@Component
class BuildStatements {

  /** To which builds the jobs of these assignments belong; null is among them for those of none. */
  static final String OF_ASSIGNMENTS =
      """
      SELECT DISTINCT j.build_id
      FROM assignments a
      JOIN jobs j ON j.id = ANY (ARRAY[a.job_id]) AND j.assignment_id = ANY (ARRAY[a.id])
      WHERE a.id = ANY (:assignments::uuid[])
      """;

  static final String HOLD =
      """
      SELECT id, state FROM builds WHERE id = ANY (:builds::bigint[]) ORDER BY id + 0 FOR UPDATE
      """;

  /** A build begins with the first of its jobs, and so does a stage. */
  static final String START =
      """
      WITH started AS MATERIALIZED (
        SELECT build_id, stage_id, started_at FROM jobs WHERE id = ANY (:jobs::bigint[])
      ), stage AS (
        UPDATE stages s SET state = 'started', started_at = f.started_at
        FROM (SELECT stage_id, min(started_at) AS started_at FROM started GROUP BY stage_id) AS f
        WHERE s.id = ANY (ARRAY[f.stage_id]) AND s.state = 'created'
      )
      UPDATE builds b SET state = 'started', started_at = f.started_at
      FROM (SELECT build_id, min(started_at) AS started_at FROM started GROUP BY build_id) AS f
      WHERE b.id = ANY (ARRAY[f.build_id]) AND b.state = 'created'
      """;

  /**
   * Each build's stages in their order, after the jobs that are in none. The states of jobs are of
   * interest once no required one is left, and only until the stage has ended. Jobs of a stage and
   * those of none are asked for apart, so that each question goes by the index as far as the stage:
   * this is read with each job of a build that ends. What is left of a stage that has ended decides
   * nothing.
   */
  static final String TALLIES =
      """
      SELECT g.*, CASE WHEN g.required_left OR g.ended THEN NULL
        WHEN g.stage_id IS NULL THEN ARRAY(
          SELECT DISTINCT j.state FROM jobs j
          WHERE j.build_id = g.build_id AND j.stage_id IS NULL AND NOT j.allow_failure)
        ELSE ARRAY(
          SELECT DISTINCT j.state FROM jobs j
          WHERE j.build_id = g.build_id AND j.stage_id = g.stage_id AND NOT j.allow_failure)
        END AS states
      FROM (
        SELECT b.id AS build_id, b.state AS build_state, b.fast_finish,
          s.id AS stage_id, s.number, s.name, s.state AS stage_state,
          coalesce(s.finished_at IS NOT NULL, false) AS ended,
          left_over.required AS required_left, left_over.optional AS optional_left
        FROM builds b CROSS JOIN LATERAL (
          SELECT s.id, s.number, s.name, s.state, s.finished_at
          FROM stages s WHERE s.build_id = b.id
          UNION ALL SELECT NULL, 0, NULL, NULL, NULL
          OFFSET 0) AS s
        CROSS JOIN LATERAL (
          SELECT coalesce(bool_or(NOT unfinished.allow_failure), false) AS required,
            coalesce(bool_or(unfinished.allow_failure), false) AS optional
          FROM (
            SELECT j.allow_failure FROM jobs j
            WHERE s.id IS NULL AND j.build_id = b.id AND j.stage_id IS NULL
              AND j.finished_at IS NULL
            UNION ALL
            SELECT j.allow_failure FROM jobs j
            WHERE s.finished_at IS NULL AND j.build_id = b.id AND j.stage_id = s.id
              AND j.finished_at IS NULL) AS unfinished
          OFFSET 0) AS left_over
        WHERE b.id = ANY (:builds::bigint[])
        OFFSET 0) AS g
      ORDER BY g.build_id, g.number
      """;

  static final String FINISH_STAGES =
      """
      UPDATE stages s SET state = f.state, finished_at = coalesce(jobs.finished_at, now()),
        started_at = coalesce(s.started_at, jobs.started_at), duration = jobs.duration
      FROM unnest(:stages::bigint[], :builds::bigint[], :states::text[]) AS f(id, build_id, state)
      CROSS JOIN LATERAL (
        SELECT max(j.finished_at) AS finished_at, min(j.started_at) AS started_at,
          coalesce(sum(floor(extract(epoch FROM j.finished_at - j.started_at))), 0) AS duration
        FROM jobs j WHERE j.build_id = f.build_id AND j.stage_id = f.id) AS jobs
      WHERE s.id = ANY (ARRAY[f.id]) AND s.finished_at IS NULL
      """;

  static final String FINISH_BUILDS =
      """
      UPDATE builds b SET state = f.state, finished_at = coalesce(jobs.finished_at, now()),
        canceled_at = CASE WHEN f.state = 'canceled' THEN coalesce(jobs.finished_at, now()) END,
        started_at = coalesce(b.started_at, jobs.started_at), duration = jobs.duration,
        reason = f.reason,
        previous_state = coalesce(b.previous_state, (
          SELECT p.state FROM builds p
          WHERE p.repository = b.repository AND p.branch = b.branch AND p.id < b.id
            AND p.finished_at IS NOT NULL
            AND (p.event_type = 'pull_request') = (b.event_type = 'pull_request')
          ORDER BY p.id DESC LIMIT 1))
      FROM unnest(:builds::bigint[], :states::text[], :reasons::text[]) AS f(id, state, reason)
      CROSS JOIN LATERAL (
        SELECT max(j.finished_at) AS finished_at, min(j.started_at) AS started_at,
          coalesce(sum(floor(extract(epoch FROM j.finished_at - j.started_at))), 0) AS duration
        FROM jobs j WHERE j.build_id = f.id) AS jobs
      WHERE b.id = ANY (ARRAY[f.id]) AND b.finished_at IS NULL
      """;

  private final JdbcClient jdbc;

  BuildStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Set<Long> ofAssignments(Collection<UUID> assignments) {
    var builds = new HashSet<Long>();
    jdbc.sql(OF_ASSIGNMENTS)
        .param("assignments", assignments.toArray(UUID[]::new))
        .query(
            row -> {
              var build = row.getObject("build_id", Long.class);
              if (build != null) {
                builds.add(build);
              }
            });
    return builds;
  }

  /** Nobody else changes these builds, or a job of theirs, until this transaction ends. */
  List<HeldBuild> hold(Collection<Long> builds) {
    return jdbc.sql(HOLD)
        .param("builds", builds.toArray(Long[]::new))
        .query((row, n) -> new HeldBuild(row.getLong("id"), BuildState.of(row.getString("state"))))
        .list();
  }

  void start(Collection<Long> jobs) {
    jdbc.sql(START).param("jobs", jobs.toArray(Long[]::new)).update();
  }

  List<Group> tallies(Collection<Long> builds) {
    return jdbc.sql(TALLIES)
        .param("builds", builds.toArray(Long[]::new))
        .query(BuildStatements::group)
        .list();
  }

  void finishStages(Collection<Ending> endings) {
    jdbc.sql(FINISH_STAGES)
        .param("stages", endings.stream().map(Ending::stage).toArray(Long[]::new))
        .param("builds", endings.stream().map(Ending::build).toArray(Long[]::new))
        .param("states", endings.stream().map(e -> e.state().text()).toArray(String[]::new))
        .update();
  }

  void finishBuilds(Collection<Ending> endings, @Nullable String reason) {
    jdbc.sql(FINISH_BUILDS)
        .param("builds", endings.stream().map(Ending::build).toArray(Long[]::new))
        .param("states", endings.stream().map(e -> e.state().text()).toArray(String[]::new))
        .param("reasons", endings.stream().map(e -> reason).toArray(String[]::new))
        .update();
  }

  private static Group group(ResultSet row, int n) throws SQLException {
    var states = row.getArray("states");
    var stage = row.getObject("stage_id", Long.class);
    var stageState = row.getString("stage_state");
    return new Group(
        row.getLong("build_id"),
        BuildState.of(row.getString("build_state")),
        row.getBoolean("fast_finish"),
        stage,
        row.getInt("number"),
        row.getString("name"),
        stageState == null ? null : BuildState.of(stageState),
        new Tally(
            row.getBoolean("required_left"),
            row.getBoolean("optional_left"),
            states == null
                ? Set.of()
                : Arrays.stream((String[]) states.getArray())
                    .map(JobState::of)
                    .collect(Collectors.toSet())));
  }

  /** A build that is locked, and how it stood. */
  record HeldBuild(long id, BuildState state) {}

  /** That a stage, or a build when there is no stage, ends. */
  record Ending(long build, @Nullable Long stage, BuildState state) {}

  /**
   * The jobs of one stage, or those of a build that are in none.
   *
   * @param stage null for the latter
   * @param stageState null for the latter
   */
  record Group(
      long build,
      BuildState buildState,
      boolean fastFinish,
      @Nullable Long stage,
      int number,
      @Nullable String name,
      @Nullable BuildState stageState,
      Tally tally) {

    /** In a reason: {@code stage 1 (test)}. */
    String described() {
      return "stage " + number + (name == null ? "" : " (" + name + ")");
    }

    boolean hasEnded() {
      return stageState != null && stageState.isFinal();
    }

    boolean isOver() {
      return hasEnded() || tally.isOver(fastFinish);
    }

    BuildState end() {
      return stageState != null && stageState.isFinal() ? stageState : tally.state();
    }
  }
}
