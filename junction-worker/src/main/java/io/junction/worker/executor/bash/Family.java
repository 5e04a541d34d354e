package io.junction.worker.executor.bash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command and everything that it has started.
 *
 * <p>On Linux these are the members of the session that the command leads (not only of its process
 * group: timeout(1) and job control make groups of their own), and what descends from any of them.
 * Elsewhere there is no session, and what outlives its parent is not found. A process that has
 * called setsid itself <em>and</em> has been orphaned has left the family.
 */
final class Family {
  private static final Path PROC = Path.of("/proc");
  private static final boolean SEES_SESSIONS = Files.isReadable(PROC.resolve("self/stat"));

  /** A process may fork while it is looked for; a fork bomb is given up on after so many passes. */
  private static final int PASSES = 200;

  private static final long PAUSE_MS = 2;

  private record Stat(long pid, long parent, long session, boolean dead) {}

  private final ProcessHandle leader;

  Family(ProcessHandle leader) {
    this.leader = leader;
  }

  void terminate() {
    members().forEach(ProcessHandle::destroy);
  }

  /** Returns when nobody is left, or nobody who can be killed. */
  void kill() {
    for (int pass = 0; pass < PASSES; pass++) {
      List<ProcessHandle> members = members();
      if (members.isEmpty()) {
        return;
      }
      members.forEach(ProcessHandle::destroyForcibly);
      // Not onExit: an orphan that nobody reaps, as in a container without an init, would never
      // come to it.
      new CompletableFuture<Void>().completeOnTimeout(null, PAUSE_MS, TimeUnit.MILLISECONDS).join();
    }
  }

  private List<ProcessHandle> members() {
    if (!SEES_SESSIONS) {
      var all = new ArrayList<>(leader.descendants().toList());
      all.add(leader);
      return all.stream().filter(ProcessHandle::isAlive).toList();
    }
    List<Stat> everybody = everybody();
    var family = new HashSet<Long>();
    family.add(leader.pid());
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Stat one : everybody) {
        boolean belongs = one.session() == leader.pid() || family.contains(one.parent());
        grown |= belongs && family.add(one.pid());
      }
    }
    return everybody.stream()
        .filter(one -> family.contains(one.pid()) && !one.dead())
        .flatMap(one -> ProcessHandle.of(one.pid()).stream())
        .toList();
  }

  private static List<Stat> everybody() {
    var everybody = new ArrayList<Stat>();
    try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      folders.forEach(folder -> stat(folder).ifPresent(everybody::add));
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // the leash is left
    }
    return everybody;
  }

  private static Optional<Stat> stat(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      // pid (name) state parent group session …; the name may hold anything, even brackets
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      long pid = Long.parseLong(folder.getFileName().toString());
      boolean dead = fields[0].equals("Z") || fields[0].equals("X");
      return Optional.of(new Stat(pid, Long.parseLong(fields[1]), Long.parseLong(fields[3]), dead));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // it has just ended
    }
  }
}
