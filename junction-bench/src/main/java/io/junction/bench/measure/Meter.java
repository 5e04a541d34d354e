package io.junction.bench.measure;

import io.junction.bench.house.House;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what a stretch of work costs the house. */
public final class Meter {

  private final House house;
  private final CounterStatements statements;

  public Meter(House house) {
    this.house = house;
    this.statements = new CounterStatements(house.database().jdbc());
  }

  /** Everything up to now; take it before and after, and look at the difference. */
  public Counters read() {
    var row = statements.read();
    return new Counters(
        row.statements(), row.commits(), row.walBytes(), row.deadTuples(), cpuSeconds());
  }

  /** Forgets what statements have run so far, so that {@link #statements} shows the next ones. */
  public void forgetStatements() {
    statements.forget();
  }

  /** What took most of the server's time since statements were forgotten; a line each. */
  public List<String> statements() {
    return statements.list();
  }

  /** Memory that a process of the house holds, in MiB, as the system counts it (RSS). */
  public double residentMib(String process) {
    var handle = house.processes().get(process);
    return handle == null ? 0 : ProcessFiles.residentMib(handle);
  }

  private Map<String, Double> cpuSeconds() {
    var cpu = new HashMap<String, Double>();
    house.processes().forEach((name, process) -> cpu.put(name, ProcessFiles.cpuSeconds(process)));
    cpu.put("postgres", ProcessFiles.cpuSecondsOfFamily(house.database().server()));
    cpu.put("load", ProcessFiles.cpuSeconds(ProcessHandle.current()));
    return cpu;
  }
}
