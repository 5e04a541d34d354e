package io.junction.standalone.demo;

import io.junction.standalone.display.JobRow;
import io.junction.standalone.folder.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The two workers of {@code demo.deploy}: the first is shot, the second finishes its work. */
final class Deployers implements AutoCloseable {

  private static final Duration IN_THE_MIDDLE = Duration.ofMillis(500);

  private final URI url;
  private final String token;
  private final DataFolder folder;
  private final WorkerProcess first;
  private @Nullable WorkerProcess second;
  private @Nullable Shot shot;

  Deployers(URI url, String token, DataFolder folder) {
    this.url = url;
    this.token = token;
    this.folder = folder;
    this.first = WorkerProcess.start("deployer-a", url, token, folder);
  }

  /** Whether the first is in the middle of as many jobs as it may have, after some others. */
  boolean areBusy(List<JobRow> rows) {
    var deployments = rows.stream().filter(row -> row.queue().equals(DemoJobs.DEPLOY)).toList();
    return shot == null
        && deployments.stream().anyMatch(JobRow::isFinal)
        && deployments.stream().filter(this::isInTheMiddle).count() == DemoJobs.CAPACITY;
  }

  private boolean isInTheMiddle(JobRow row) {
    return isHeldByFirst(row) && row.took() != null && row.took().compareTo(IN_THE_MIDDLE) > 0;
  }

  private boolean isHeldByFirst(JobRow row) {
    return row.isRunning() && row.worker().equals(first.name());
  }

  /** Kills the first and starts the second; what the first had is known from a look after that. */
  Shot shoot(Board board, Path diary) {
    first.kill();
    var heir = WorkerProcess.start("deployer-b", url, token, folder);
    second = heir;
    var held = board.refresh().stream().filter(this::isHeldByFirst).toList();
    held.forEach(row -> Diary.noteKilled(diary, row.id(), row.attempt()));
    var ids = held.stream().map(JobRow::id).collect(Collectors.toSet());
    var fired = new Shot(first.name(), first.pid(), ids, heir.name());
    shot = fired;
    return fired;
  }

  /** Why the demo cannot go on, or null. */
  @Nullable String trouble() {
    var working = second == null ? first : second;
    return working.isAlive() || (shot != null && second == null)
        ? null
        : "the worker "
            + working.name()
            + " has ended: see "
            + folder.file(working.name() + ".log");
  }

  @Override
  public void close() {
    first.close();
    if (second != null) {
      second.close();
    }
  }
}
