package io.junction.dispatcher;

import com.fasterxml.uuid.Generators;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows as tests need them: time is moved by writing them in the past. */
public final class Rows {

  private final JdbcClient jdbc;

  public Rows(TestDatabase database) {
    this.jdbc = database.jdbc();
  }

  public void queue(String name, @Nullable Integer capacity) {
    jdbc.sql(
            """
            INSERT INTO junction.queues (name, capacity) VALUES (:name, :capacity)
            ON CONFLICT (name) DO UPDATE SET capacity = excluded.capacity
            """)
        .param("name", name)
        .param("capacity", capacity)
        .update();
  }

  /** Alive, with a lease of 20 s and a silence of 30 s. */
  public UUID worker(String queue, @Nullable Integer maxJobCount) {
    var id = Generators.timeBasedEpochGenerator().generate();
    jdbc.sql(
            """
            INSERT INTO junction.queues (name) VALUES (:queue) ON CONFLICT DO NOTHING;
            INSERT INTO junction.workers
              (id, queue, name, max_job_count, token_hash, lease_ms, silence_ms)
            VALUES (:id, :queue, 'mac-07', :max, '', 20000, 30000);
            INSERT INTO junction.worker_heartbeats (worker_id) VALUES (:id)
            """)
        .param("id", id)
        .param("queue", queue)
        .param("max", maxJobCount)
        .update();
    return id;
  }

  /** Queued one millisecond after the other, the last one now. */
  public List<Long> jobs(String queue, int count) {
    return jdbc.sql(
            """
            INSERT INTO junction.jobs (queue, state, created_at, queued_at)
            SELECT :queue, 'queued', at, at
            FROM generate_series(1, :count) AS n,
                 LATERAL (SELECT now() - (:count - n) * interval '1 ms' AS at) AS age
            ORDER BY n RETURNING id
            """)
        .param("queue", queue)
        .param("count", count)
        .query((row, n) -> row.getLong(1))
        .list();
  }

  public long job(String queue) {
    return jobs(queue, 1).getFirst();
  }

  /** An open assignment of a new job, listed by its worker just now. */
  public UUID running(String queue, UUID worker) {
    var id = Generators.timeBasedEpochGenerator().generate();
    run(
        """
        UPDATE junction.jobs SET assignment_id = ?, state = 'started', received_at = now(),
          started_at = now() WHERE id = ?
        """,
        id,
        jobWithAssignment(queue, worker, id));
    return id;
  }

  /** An open assignment of a new job that its worker has not seen yet. */
  public UUID placed(String queue, UUID worker) {
    var id = Generators.timeBasedEpochGenerator().generate();
    long job = jobWithAssignment(queue, worker, id);
    run("UPDATE junction.jobs SET assignment_id = ? WHERE id = ?", id, job);
    run("UPDATE junction.assignments SET last_heartbeat = NULL, listed = false WHERE id = ?", id);
    return id;
  }

  private long jobWithAssignment(String queue, UUID worker, UUID id) {
    long job = job(queue);
    run(
        """
        INSERT INTO junction.assignments
          (id, job_id, worker_id, queue, attempt, last_heartbeat, listed)
        VALUES (?, ?, ?, ?, 1, now(), true)
        """,
        id,
        job,
        worker,
        queue);
    return job;
  }

  /** Junction has heard without a gap for so long, and hears now. */
  public void listeningFor(String interval) {
    run("UPDATE junction.listening SET since = now() - ?::interval, due = now() + '1 h'", interval);
  }

  /** No API copy has left a pulse in time. */
  public void deaf() {
    run("UPDATE junction.listening SET due = now() - interval '1 s'");
  }

  public void silentFor(UUID worker, String interval) {
    run(
        "UPDATE junction.worker_heartbeats SET last_heartbeat = now() - ?::interval,"
            + " listed_at = now() - ?::interval WHERE worker_id = ?",
        interval,
        interval,
        worker);
  }

  /** Ten queues with 100,000 queued and 100,000 finished jobs, a worker each, and statistics. */
  public void crowd() {
    for (int q = 0; q < 10; q++) {
      worker(String.valueOf((char) ('a' + q)), 100);
    }
    run(
        """
        INSERT INTO junction.jobs (queue, state, queued_at, finished_at, priority)
        SELECT chr(97 + (n / 2) % 10), CASE WHEN n % 2 = 0 THEN 'queued' ELSE 'passed' END,
          now() - n * interval '1 ms', CASE WHEN n % 2 = 1 THEN now() END, n % 3
        FROM generate_series(1, 200000) AS n
        """);
    run(
        """
        INSERT INTO junction.assignments
          (id, job_id, worker_id, queue, attempt, ended_at, outcome)
        SELECT gen_random_uuid(), id, gen_random_uuid(), queue, 1, now(), 'finished'
        FROM junction.jobs WHERE state = 'passed'
        """);
    run("ANALYZE junction.jobs");
    run("ANALYZE junction.assignments");
    run("ANALYZE junction.workers");
  }

  public void run(String statement, Object... parameters) {
    jdbc.sql(statement).params(parameters).update();
  }

  public String text(String query, Object... parameters) {
    return jdbc.sql(query).params(parameters).query((row, n) -> "" + row.getString(1)).single();
  }

  public List<String> texts(String query, Object... parameters) {
    return jdbc.sql(query).params(parameters).query((row, n) -> "" + row.getString(1)).list();
  }

  public long number(String query, Object... parameters) {
    return jdbc.sql(query).params(parameters).query((row, n) -> row.getLong(1)).single();
  }
}
