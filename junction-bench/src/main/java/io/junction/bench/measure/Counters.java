package io.junction.bench.measure;

import java.util.HashMap;
import java.util.Map;

/**
 * What has been counted up to a moment, or between two.
 *
 * @param statements that ran on the server, without BEGIN, COMMIT and the bench's own counting
 * @param commits transactions of all sessions that wrote something, by the ids that they took: the
 *     server's statistics lag behind by seconds
 * @param walBytes written to the log
 * @param deadTuples that stand in Junction's tables, as far as the statistics know
 * @param cpuSeconds of each process, by its name
 */
public record Counters(
    long statements, long commits, long walBytes, long deadTuples, Map<String, Double> cpuSeconds) {

  public Counters {
    cpuSeconds = Map.copyOf(cpuSeconds);
  }

  /** Without so many statements of the bench's own, which wrote nothing. */
  public Counters without(long own) {
    return new Counters(statements - own, commits, walBytes, deadTuples, cpuSeconds);
  }

  /** What has come since that moment; dead tuples are those that stand now. */
  public Counters since(Counters before) {
    var cpu = new HashMap<String, Double>();
    cpuSeconds.forEach(
        (name, seconds) -> cpu.put(name, seconds - before.cpuSeconds.getOrDefault(name, 0.0)));
    return new Counters(
        statements - before.statements,
        commits - before.commits,
        walBytes - before.walBytes,
        deadTuples,
        cpu);
  }
}
