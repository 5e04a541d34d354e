package io.junction.bench.ceiling;

import io.junction.bench.house.Database;
import java.sql.SQLException;

/** Ceiling c1: what set-based SQL on one connection does with the same jobs, in batches of 100. */
public final class SqlLife {

  private static final int BATCH = 100;

  private SqlLife() {}

  /**
   * Ends all queued jobs of {@code bench-1}; jobs a second.
   *
   * @param stepByStep whether received, started and passed are written one after the other
   */
  public static double jobsPerSecond(Database database, boolean stepByStep) throws SQLException {
    try (var life = new SqlLifeStatements(database.connect(), stepByStep)) {
      long started = System.nanoTime();
      int jobs = 0;
      for (int n = life.live(BATCH); n > 0; n = life.live(BATCH)) {
        jobs += n;
      }
      return jobs / ((System.nanoTime() - started) / 1e9);
    }
  }
}
