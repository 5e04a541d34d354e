package io.junction.bench.stage;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Owners with limits, and jobs of theirs that ask to be let into their queues. */
public final class OwnedJobs {

  private static final String CLEAR = "DELETE FROM owners";

  private static final String OWNERS =
      """
      INSERT INTO owners (name, max_running)
      SELECT :prefix || n, :max FROM generate_series(1, :owners) AS n
      """;

  /** In a queue without a worker, so that they stay. */
  private static final String FILL =
      """
      INSERT INTO jobs (queue, state, queued_at, owner)
      SELECT 'bench-nobody', 'queued', now(), :prefix || n
      FROM generate_series(1, :owners) AS n, generate_series(1, :max) AS m
      """;

  private static final String ASK =
      """
      WITH job AS (
        INSERT INTO jobs (queue, owner)
        SELECT 'bench-1', :prefix || (1 + n % :owners) FROM generate_series(0, :jobs - 1) AS n
        RETURNING id
      )
      INSERT INTO job_configs (job_id, config) SELECT id, '{"command": "true"}' FROM job
      """;

  private static final int BATCH = 100_000;

  private final JdbcClient jdbc;

  OwnedJobs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Nobody has a limit. */
  public void clear() {
    jdbc.sql(CLEAR).update();
  }

  /** Owners numbered from 1 on of which each may run so many jobs at a time. */
  public void owners(String prefix, int owners, int max) {
    jdbc.sql(OWNERS).param("prefix", prefix).param("owners", owners).param("max", max).update();
  }

  /** The same owners run as many as they may, and so many jobs of theirs wait for that to end. */
  public void block(String prefix, int owners, int max, int jobs) {
    owners(prefix, owners, max);
    jdbc.sql(FILL).param("prefix", prefix).param("owners", owners).param("max", max).update();
    for (int done = 0; done < jobs; done += BATCH) {
      ask(prefix, owners, Math.min(BATCH, jobs - done));
    }
  }

  /** Jobs of these owners, in one transaction, each of them created. */
  public void ask(String prefix, int owners, int jobs) {
    jdbc.sql(ASK).param("prefix", prefix).param("owners", owners).param("jobs", jobs).update();
  }
}
