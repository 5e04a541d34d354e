package io.junction.bench.ceiling;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of db-scheduler as its documentation gives it for Postgres, and its tasks. */
final class DbSchedulerStatements {

  private static final String DROP = "DROP TABLE IF EXISTS public.scheduled_tasks";

  private static final String CREATE =
      """
      CREATE TABLE public.scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamp with time zone NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint NOT NULL,
        priority smallint,
        PRIMARY KEY (task_name, task_instance)
      )
      """;

  private static final String INDEX_TIME =
      "CREATE INDEX execution_time_idx ON public.scheduled_tasks (execution_time)";

  private static final String INDEX_HEARTBEAT =
      "CREATE INDEX last_heartbeat_idx ON public.scheduled_tasks (last_heartbeat)";

  private static final String FILL =
      """
      INSERT INTO public.scheduled_tasks (
        task_name, task_instance, execution_time, picked, version, consecutive_failures)
      SELECT :task, n::text, now() - interval '1 minute' + n * interval '1 microsecond', false, 1, 0
      FROM generate_series(1, :tasks) AS n
      """;

  private final JdbcClient jdbc;

  DbSchedulerStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** So many tasks that are due, in a table of their own. */
  void fill(String task, int tasks) {
    jdbc.sql(DROP).update();
    jdbc.sql(CREATE).update();
    jdbc.sql(INDEX_TIME).update();
    jdbc.sql(INDEX_HEARTBEAT).update();
    jdbc.sql(FILL).param("task", task).param("tasks", tasks).update();
    jdbc.sql("VACUUM (ANALYZE) public.scheduled_tasks").update();
  }

  void drop() {
    jdbc.sql(DROP).update();
  }
}
