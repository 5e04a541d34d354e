package io.junction.api;

import com.fasterxml.uuid.Generators;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.UUID;

/** Places jobs as a dispatcher would, and looks at what became of them. */
final class Placing {

  private final TestDatabase database;

  Placing(TestDatabase database) {
    this.database = database;
  }

  UUID place(long job, UUID worker) {
    var id = Generators.timeBasedEpochGenerator().generate();
    int placed =
        database
            .jdbc()
            .sql(
                """
                WITH job AS (
                  UPDATE junction.jobs SET assignment_id = :id
                  WHERE id = :job AND state = 'queued' AND assignment_id IS NULL RETURNING *
                )
                INSERT INTO junction.assignments (id, job_id, worker_id, queue, attempt)
                SELECT :id, id, :worker, queue, attempt FROM job
                """)
            .param("id", id)
            .param("job", job)
            .param("worker", worker)
            .update();
    if (placed != 1) {
      throw new IllegalStateException("job " + job + " cannot be placed");
    }
    return id;
  }

  /** Queues and places all created jobs of these builds, in turns on these workers. */
  List<Placed> placeAll(List<Long> builds, List<UUID> workers) {
    return database
        .jdbc()
        .sql(
            """
            WITH queued AS (
              UPDATE junction.jobs
              SET state = 'queued', queued_at = now(), assignment_id = gen_random_uuid()
              WHERE build_id = ANY (:builds::bigint[]) AND state = 'created' RETURNING *
            )
            INSERT INTO junction.assignments (id, job_id, worker_id, queue, attempt)
            SELECT assignment_id, id,
              (:workers::uuid[])[1 + id % array_length(:workers::uuid[], 1)], queue, attempt
            FROM queued
            RETURNING id, job_id, worker_id
            """)
        .param("builds", builds.toArray(Long[]::new))
        .param("workers", workers.toArray(UUID[]::new))
        .query(
            (row, n) ->
                new Placed(
                    row.getLong("job_id"),
                    row.getObject("id", UUID.class),
                    row.getObject("worker_id", UUID.class)))
        .list();
  }

  record Placed(long job, UUID assignment, UUID worker) {}

  /** As the limiter does. */
  void queueAgain(long job) {
    database
        .jdbc()
        .sql(
            """
            UPDATE junction.jobs SET state = 'queued', queued_at = first_queued_at
            WHERE id = :job AND state = 'created'
            """)
        .param("job", job)
        .update();
  }

  void hint(UUID worker) {
    database
        .jdbc()
        .sql("SELECT pg_notify('junction_worker', :id) IS NULL")
        .param("id", worker.toString())
        .query(Boolean.class)
        .single();
  }

  String stateOf(long job) {
    return database
        .jdbc()
        .sql("SELECT state FROM junction.jobs WHERE id = :job")
        .param("job", job)
        .query((row, n) -> row.getString(1))
        .single();
  }

  String outcomeOf(UUID assignment) {
    return database
        .jdbc()
        .sql("SELECT coalesce(outcome, 'open') FROM junction.assignments WHERE id = :id")
        .param("id", assignment)
        .query((row, n) -> row.getString(1))
        .single();
  }

  /** Everything that a request could change, as one text. */
  String everything() {
    return database
        .jdbc()
        .sql(
            """
            SELECT jsonb_build_array(
              (SELECT jsonb_agg(j ORDER BY id) FROM junction.jobs j),
              (SELECT jsonb_agg(a ORDER BY id) FROM junction.assignments a),
              (SELECT jsonb_agg(c ORDER BY job_id) FROM junction.job_configs c),
              (SELECT jsonb_agg(w ORDER BY id) FROM junction.workers w),
              (SELECT jsonb_agg(h ORDER BY worker_id) FROM junction.worker_heartbeats h),
              (SELECT jsonb_agg(s ORDER BY id) FROM junction.subscriptions s),
              (SELECT jsonb_agg(q ORDER BY name) FROM junction.queues q),
              (SELECT jsonb_agg(b ORDER BY id) FROM junction.builds b),
              (SELECT jsonb_agg(s ORDER BY id) FROM junction.stages s),
              (SELECT max(id) FROM junction.events))::text
            """)
        .query((row, n) -> row.getString(1))
        .single();
  }
}
