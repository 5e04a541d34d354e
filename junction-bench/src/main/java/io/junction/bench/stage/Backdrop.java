package io.junction.bench.stage;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in the database when a measurement begins. */
public final class Backdrop {

  private static final String CLEAR =
      "TRUNCATE jobs, job_configs, assignments, workers, worker_heartbeats, queues, events";

  private static final String QUEUES =
      """
      INSERT INTO queues (name, paused_at)
      SELECT 'bench-' || n, now() FROM generate_series(1, :queues) AS n
      ON CONFLICT (name) DO UPDATE SET paused_at = now()
      """;

  private static final String JOBS =
      """
      WITH job AS (
        INSERT INTO jobs (queue, state, queued_at)
        SELECT 'bench-' || (1 + n % :queues), 'queued', now()
        FROM generate_series(0, :jobs - 1) AS n
        RETURNING id
      )
      INSERT INTO job_configs (job_id, config) SELECT id, '{"command": "true"}' FROM job
      """;

  private static final String FINISHED =
      """
      WITH job AS (
        INSERT INTO jobs (
          queue, state, queued_in, created_at, queued_at, received_at, started_at, finished_at,
          assignment_id)
        SELECT 'bench-1', 'passed', NULL::xid8, now() - age, now() - age, now() - age, now() - age,
          now() - age, gen_random_uuid()
        FROM (SELECT :age * interval '1 second' AS age FROM generate_series(1, :jobs)) AS n
        RETURNING id, assignment_id, finished_at
      ), attempt AS (
        INSERT INTO assignments (
          id, job_id, worker_id, created_at, last_heartbeat, ended_at,
          attempt, listed, queue, outcome)
        SELECT assignment_id, id, '00000000-0000-0000-0000-000000000000', finished_at, finished_at,
          finished_at, 1, true, 'bench-1', 'finished'
        FROM job
      )
      INSERT INTO job_configs (job_id, config) SELECT id, '{"command": "true"}' FROM job
      """;

  /** Workers that need no API to look alive, for as long as the bench may run. */
  private static final String WORKERS =
      """
      WITH worker AS (
        INSERT INTO workers (id, queue, max_job_count, token_hash, lease_ms, silence_ms)
        SELECT gen_random_uuid(), 'bench-' || (1 + n % :queues), :slots, '', 20000, 30000
        FROM generate_series(0, :workers - 1) AS n
        RETURNING id
      )
      INSERT INTO worker_heartbeats (worker_id, last_heartbeat)
      SELECT id, now() + interval '1 day' FROM worker
      """;

  private static final String FILLFACTOR =
      """
      SELECT option_value::integer
      FROM pg_class, pg_options_to_table(reloptions)
      WHERE pg_class.oid = :table::regclass AND option_name = 'fillfactor'
      """;

  /** The tables whose rows grow while their job lives. */
  private static final List<String> LIVED = List.of("jobs", "assignments");

  private static final int BATCH = 100_000;
  private static final int TRIES = 10;

  private final JdbcClient jdbc;

  Backdrop(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Nothing at all. */
  public void clear() {
    for (int tries = 1; ; tries++) {
      try {
        jdbc.sql(CLEAR).update();
        return;
      } catch (PessimisticLockingFailureException deadlock) {
        // The daemons are at work on these tables, each in its own order.
        if (tries == TRIES) {
          throw deadlock;
        }
      }
    }
  }

  /** Queued jobs, spread over so many queues {@code bench-1} …, which are paused. */
  public void queue(int jobs, int queues) {
    jdbc.sql(QUEUES).param("queues", queues).update();
    inBatches(JOBS, jobs, "queues", queues);
    settle();
  }

  /** Jobs for {@code bench-1} that are queued at once, as one scheduler's transaction. */
  public void add(int jobs) {
    jdbc.sql(JOBS).param("jobs", jobs).param("queues", 1).update();
  }

  /**
   * Jobs that ended so many seconds ago, each with its one attempt. Rows that grew in their pages
   * leave no room there for another one; these do not grow, so their pages are filled as far.
   */
  public void finish(int jobs, int ageSeconds) {
    var migrated = LIVED.stream().collect(Collectors.toMap(table -> table, this::fillfactor));
    LIVED.forEach(table -> fill(table, 65));
    inBatches(FINISHED, jobs, "age", ageSeconds);
    migrated.forEach(this::fill);
    settle();
  }

  private int fillfactor(String table) {
    return jdbc.sql(FILLFACTOR).param("table", table).query(Integer.class).single();
  }

  private void fill(String table, int percent) {
    jdbc.sql("ALTER TABLE " + table + " SET (fillfactor = " + percent + ")").update();
  }

  /** Live workers without a process behind them, spread over the queues. */
  public void staff(int workers, int slots, int queues) {
    jdbc.sql(WORKERS)
        .param("workers", workers)
        .param("slots", slots)
        .param("queues", queues)
        .update();
  }

  /** Lets all queues go, and says so to whoever listens. */
  public void open() {
    jdbc.sql("UPDATE queues SET paused_at = NULL").update();
    jdbc.sql("SELECT count(pg_notify('junction_queue', name)) AS n FROM queues")
        .query((row, n) -> row.getLong("n"))
        .single();
  }

  /** Fresh statistics and a checkpoint, so that no run pays for the one before. */
  public void settle() {
    jdbc.sql("VACUUM (ANALYZE) jobs, job_configs, assignments, workers, worker_heartbeats, queues")
        .update();
    jdbc.sql("CHECKPOINT").update();
  }

  /** How many jobs stand in this state. */
  public long count(String state) {
    return jdbc.sql("SELECT count(*) AS n FROM jobs WHERE state = :state")
        .param("state", state)
        .query((row, n) -> row.getLong("n"))
        .single();
  }

  /** How many jobs are with a worker. */
  public long placed() {
    return jdbc.sql("SELECT count(*) AS n FROM assignments WHERE ended_at IS NULL")
        .query((row, n) -> row.getLong("n"))
        .single();
  }

  private void inBatches(String statement, int jobs, String name, int value) {
    for (int done = 0; done < jobs; done += BATCH) {
      jdbc.sql(statement).param("jobs", Math.min(BATCH, jobs - done)).param(name, value).update();
    }
  }
}
