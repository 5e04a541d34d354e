package io.junction.system;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A scheduler that speaks SQL: it queues jobs and reads what becomes of them. */
final class Scheduler {

  /** About 50 ms of bash. */
  static final String SHORT = "{\"command\": \"sleep 0.05\"}";

  private final JdbcClient jdbc;

  Scheduler(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** So many of the same, in one transaction. */
  void enqueue(String queue, int count, String config) {
    jdbc.sql(
            """
            SELECT junction.enqueue(:queue, :config::jsonb) FROM generate_series(1, :count)
            """)
        .param("queue", queue)
        .param("config", config)
        .param("count", count)
        .query((row, n) -> row.getLong(1))
        .list();
  }

  long enqueue(String queue, String config, boolean exclusive) {
    return jdbc.sql(
            """
            SELECT junction.enqueue(:queue, :config::jsonb, exclusive => :exclusive)
            """)
        .param("queue", queue)
        .param("config", config)
        .param("exclusive", exclusive)
        .query((row, n) -> row.getLong(1))
        .single();
  }

  int finals(String queue) {
    return jdbc.sql(
            """
            SELECT count(*) FROM junction.jobs WHERE queue = :queue AND finished_at IS NOT NULL
            """)
        .param("queue", queue)
        .query((row, n) -> row.getInt(1))
        .single();
  }

  void awaitFinals(String queue, int count) {
    Pace.awaiting(count + " final jobs of " + queue).until(() -> finals(queue) >= count);
  }

  Row job(long id) {
    return jdbc.sql(
            """
            SELECT state, attempt, coalesce(reason, '') AS reason FROM junction.jobs WHERE id = :id
            """)
        .param("id", id)
        .query(
            (row, n) ->
                new Row(row.getString("state"), row.getInt("attempt"), row.getString("reason")))
        .single();
  }

  void awaitState(long id, String state) {
    Pace.awaiting("job " + id + " to be " + state).until(() -> job(id).state().equals(state));
  }

  /** When the last heartbeat of a job's latest attempt's worker came, as a number that grows. */
  long beatsOf(UUID worker) {
    return jdbc.sql("SELECT seq FROM junction.worker_heartbeats WHERE worker_id = :worker")
        .param("worker", worker)
        .query((row, n) -> row.getLong(1))
        .single();
  }

  /** Who was given this attempt of the job. */
  UUID workerOf(long id, int attempt) {
    return jdbc.sql(
            """
            SELECT worker_id FROM history.assignments
            WHERE job_id = :id AND attempt = :attempt AND open = 1
            """)
        .param("id", id)
        .param("attempt", attempt)
        .query((row, n) -> row.getObject(1, UUID.class))
        .single();
  }

  /** What a job's row says of it. */
  record Row(String state, int attempt, String reason) {}
}
