package io.junction.worker.executor.bash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command and everything that it has started.
 *
 * <p>On Linux these are the members of the session that the command leads (not only of its process
 * group: timeout(1) and job control make groups of their own), and what descends from it. Elsewhere
 * there is no session and descendants are all that can be known: what outlives its parent there is
 * not found. A process that has called setsid itself <em>and</em> has been orphaned has left the
 * family.
 */
final class Family {
  private static final Path PROC = Path.of("/proc");
  private static final boolean SEES_SESSIONS = Files.isReadable(PROC.resolve("self/stat"));

  /** A process may fork while it is looked for; a fork bomb is given up on after so many passes. */
  private static final int PASSES = 50;

  private static final long PATIENCE_MS = 1_000;

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
      CompletableFuture.allOf(
              members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS)
          .join();
    }
  }

  private List<ProcessHandle> members() {
    var descent = Stream.concat(Stream.of(leader), leader.descendants());
    return Stream.concat(descent, session()).distinct().filter(ProcessHandle::isAlive).toList();
  }

  private Stream<ProcessHandle> session() {
    if (!SEES_SESSIONS) {
      return Stream.empty();
    }
    var pids = new ArrayList<Long>();
    try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        if (isMember(folder)) {
          pids.add(Long.valueOf(folder.getFileName().toString()));
        }
      }
    } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
      return Stream.empty(); // the leash is left
    }
    return pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream());
  }

  private boolean isMember(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      // pid (name) state parent group session …; the name may hold anything, even brackets
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      return fields[3].equals(Long.toString(leader.pid())) && !fields[0].equals("Z");
    } catch (IOException | RuntimeException e) {
      return false; // it has just ended
    }
  }
}
