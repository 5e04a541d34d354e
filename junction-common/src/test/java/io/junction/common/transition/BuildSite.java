package io.junction.common.transition;

import io.junction.common.assignment.Outcome;
import io.junction.common.build.BuildState;
import io.junction.common.job.JobState;
import io.junction.common.transition.House.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A build on the tables of a {@link House}: {@code "a b? | c"} has two stages, the job {@code b}
 * may fail. Jobs have an open assignment each, unless they are in a later stage: those are created.
 */
final class BuildSite {

  final House house;
  final long build;
  final Map<String, Row> jobs = new LinkedHashMap<>();
  final List<Long> stages = new ArrayList<>();

  private BuildSite(House house, boolean fastFinish) {
    this.house = house;
    this.build =
        house
            .jdbc
            .sql(
                """
                INSERT INTO builds (repository, branch, fast_finish)
                VALUES ('junction/junction', 'main', :fast) RETURNING id
                """)
            .param("fast", fastFinish)
            .query((row, n) -> row.getLong("id"))
            .single();
  }

  static BuildSite of(House house, String jobs, boolean fastFinish) {
    var site = new BuildSite(house, fastFinish);
    var parts = jobs.split("\\|", -1);
    for (int i = 0; i < parts.length; i++) {
      Long stage = parts.length == 1 ? null : site.stage(i + 1);
      for (var name : parts[i].strip().split(" ", -1)) {
        site.job(name, stage, i == 0);
      }
    }
    return site;
  }

  private long stage(int number) {
    long id =
        house
            .jdbc
            .sql("INSERT INTO stages (build_id, number) VALUES (:build, :number) RETURNING id")
            .param("build", build)
            .param("number", number)
            .query((row, n) -> row.getLong("id"))
            .single();
    stages.add(id);
    return id;
  }

  private void job(String name, @Nullable Long stage, boolean placed) {
    var row = house.job(placed ? JobState.QUEUED : JobState.CREATED);
    jobs.put(name.replace("?", ""), row);
    house
        .jdbc
        .sql(
            """
            UPDATE jobs SET build_id = :build, stage_id = :stage, allow_failure = :optional
            WHERE id = :id
            """)
        .param("build", build)
        .param("stage", stage)
        .param("optional", name.endsWith("?"))
        .param("id", row.job())
        .update();
  }

  Row job(String name) {
    return Objects.requireNonNull(jobs.get(name), name);
  }

  /**
   * As {@code "a started"} or {@code "a passed"}; {@code cancel}, {@code restart}, {@code lost}.
   */
  void happens(String what) {
    var words = what.strip().split(" ", -1);
    var row = job(words[0]);
    switch (words[1]) {
      case "received" -> house.report(row, JobEvent.RECEIVE, null);
      case "started" -> house.report(row, JobEvent.START, null);
      case "cancel" -> house.inTransaction(() -> house.jobs.cancel(row.job(), "enough"));
      case "restart" -> house.inTransaction(() -> house.jobs.restart(row.job(), "again"));
      case "lost" -> house.close(Closing.of(row.assignment(), Outcome.LOST, "gone", false));
      case String end -> house.report(row, JobEvent.FINISH, JobState.of(end));
    }
  }

  /** Gives a created job to the worker, as limiter and dispatcher would. */
  void place(String name) {
    var old = job(name);
    var assignment = House.id();
    house
        .jdbc
        .sql(
            """
            UPDATE jobs SET state = 'queued', queued_at = now(), assignment_id = :assignment
            WHERE id = :id AND state = 'created'
            """)
        .param("assignment", assignment)
        .param("id", old.job())
        .update();
    house
        .jdbc
        .sql(
            """
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
            VALUES (:id, :job, :worker, 'q', 2)
            """)
        .param("id", assignment)
        .param("job", old.job())
        .param("worker", house.worker)
        .update();
    jobs.put(name, new Row(old.job(), assignment));
  }

  BuildState state() {
    return BuildState.of(column("state"));
  }

  /** A column of the build as text; "null" when it is. */
  String column(String name) {
    return house
        .jdbc
        .sql("SELECT coalesce(to_jsonb(b) ->> :name, 'null') FROM builds b WHERE id = :id")
        .param("name", name)
        .param("id", build)
        .query((row, n) -> row.getString(1))
        .single();
  }

  /** The states of the stages in their order, as {@code "passed canceled"}. */
  String stageStates() {
    return house
        .jdbc
        .sql(
            """
            SELECT coalesce(string_agg(state, ' ' ORDER BY number), '') FROM stages
            WHERE build_id = :id
            """)
        .param("id", build)
        .query((row, n) -> row.getString(1))
        .single();
  }

  /** The states of the jobs in the order of their names here. */
  String jobStates() {
    return String.join(" ", jobs.values().stream().map(row -> house.stateOf(row).text()).toList());
  }

  /** What was told of the build, in order, without its prefix. */
  List<String> told() {
    return toldOf("build:");
  }

  List<String> toldOf(String prefix) {
    return house
        .jdbc
        .sql(
            """
            SELECT substr(kind, length(:prefix) + 1) FROM events
            WHERE build_id = :id AND kind LIKE :prefix || '%' ORDER BY id
            """)
        .param("prefix", prefix)
        .param("id", build)
        .query((row, n) -> row.getString(1))
        .list();
  }
}
