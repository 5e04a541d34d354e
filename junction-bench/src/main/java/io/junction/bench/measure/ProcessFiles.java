package io.junction.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process in {@code /proc}; zeros on other systems. */
final class ProcessFiles {

  /** Clock ticks in a second: a constant of the interface on every Linux. */
  private static final double TICKS = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final int CUTIME = 13;
  private static final int CSTIME = 14;

  private ProcessFiles() {}

  /** Of the process alone. */
  static double cpuSeconds(ProcessHandle process) {
    return (ticks(process, UTIME) + ticks(process, STIME)) / TICKS;
  }

  /** Of the process, of the children that it has waited for, and of those that it has now. */
  static double cpuSecondsOfFamily(ProcessHandle process) {
    double children = process.children().mapToDouble(ProcessFiles::cpuSeconds).sum();
    return cpuSeconds(process)
        + children
        + (ticks(process, CUTIME) + ticks(process, CSTIME)) / TICKS;
  }

  static double residentMib(ProcessHandle process) {
    return text(process, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** The fields are counted from behind the name, which may hold anything. */
  private static double ticks(ProcessHandle process, int field) {
    var stat = text(process, "stat");
    var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length > field ? Double.parseDouble(fields[field]) : 0;
  }

  private static String text(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException goneOrNoLinux) {
      return "";
    }
  }
}
