package io.junction.bench.ceiling;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.junction.bench.house.Database;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ceiling c3: db-scheduler, a library that works on the database itself, with no HTTP in between.
 * It polls by lock-and-fetch, which its documentation calls the faster way, with much read ahead.
 */
public final class DbScheduler {

  private static final String TASK = "no-op";
  private static final int THREADS = 20;
  private static final double LOWER = 4.0;
  private static final double UPPER = 20.0;

  private DbScheduler() {}

  /** Executes so many tasks that do nothing; tasks a second. */
  public static double tasksPerSecond(Database database, int tasks) throws InterruptedException {
    Logger.getLogger("com.github.kagkarlsson").setLevel(Level.WARNING);
    var statements = new DbSchedulerStatements(database.jdbc());
    statements.fill(TASK, tasks);
    var left = new CountDownLatch(tasks);
    var task = Tasks.oneTime(TASK).execute((instance, context) -> left.countDown());
    try (var pool = pool(database)) {
      var scheduler =
          Scheduler.create(pool, task)
              .tableName("public.scheduled_tasks")
              .threads(THREADS)
              .pollUsingLockAndFetch(LOWER, UPPER)
              .pollingInterval(Duration.ofMillis(100))
              .build();
      long started = System.nanoTime();
      scheduler.start();
      left.await();
      double rate = tasks / ((System.nanoTime() - started) / 1e9);
      scheduler.stop();
      return rate;
    } finally {
      statements.drop();
    }
  }

  private static HikariDataSource pool(Database database) {
    var config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl() + "?user=postgres&password=postgres");
    config.setMaximumPoolSize(THREADS + 2);
    config.setPoolName("db-scheduler");
    return new HikariDataSource(config);
  }
}
