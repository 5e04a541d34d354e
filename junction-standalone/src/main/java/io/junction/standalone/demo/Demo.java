package io.junction.standalone.demo;

import io.junction.standalone.console.Console;
import io.junction.standalone.console.Stop;
import io.junction.standalone.display.Display;
import io.junction.standalone.display.JobRow;
import io.junction.standalone.display.Seconds;
import io.junction.standalone.folder.DataFolder;
import io.junction.standalone.folder.FolderLock;
import io.junction.standalone.folder.RoleTokens;
import io.junction.standalone.house.House;
import io.junction.standalone.house.Setup;
import io.junction.standalone.postgres.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The story: submit, watch, shoot, watch again, check. */
public final class Demo {

  /** Exit codes. */
  private static final int HELD = 0;

  private static final int FAILED = 1;
  private static final int INTERRUPTED = 130;

  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Far shorter promises than in production, so that a killed worker is missed in seconds. */
  private static final List<String> SHORT_PROMISES =
      List.of(
          "--junction.api.worker.heartbeat-interval=500ms",
          "--junction.api.worker.max-wait=1s",
          "--junction.api.worker.lease=4s",
          "--junction.api.worker.silence=5s");

  private static final List<String> SHORT_ROUNDS =
      List.of(
          "--junction.dispatcher.poll=500ms",
          "--junction.limiter.poll=500ms",
          "--junction.reaper.poll=250ms",
          "--junction.reaper.take-up=5s");

  private final DataFolder folder;
  private final Console console;
  private final Stop stop;

  /** In this folder, which it empties. */
  public Demo(DataFolder folder, Console console, Stop stop) {
    this.folder = folder;
    this.console = console;
    this.stop = stop;
  }

  /** The exit code: 0 when everything held. */
  public int run(int port) {
    FreshFolder.requireOwn(folder);
    try (var _ = FolderLock.of(folder);
        var _ = Deadline.after(LONGEST, stop)) {
      Postgres.endLeftover(folder, console);
      FreshFolder.empty(folder);
      var tokens = RoleTokens.of(folder);
      var worker = new Setup.InsideWorker("builder", DemoJobs.BUILD, 4, Duration.ofSeconds(1));
      var setup =
          new Setup(folder, tokens, port, SHORT_PROMISES, SHORT_ROUNDS, Optional.of(worker));
      try (var house = House.start(setup, console, stop);
          var api = new ApiClient(house.url(), tokens)) {
        console.say("Ready after " + House.uptime() + ": " + house.url());
        return play(house, api, tokens);
      }
    }
  }

  private int play(House house, ApiClient api, RoleTokens tokens) {
    var diary = folder.file("diary");
    long since = System.nanoTime();
    var sql = new SqlDoor(house.postgres());
    try (var deployers = new Deployers(house.url(), tokens.worker(), folder)) {
      var board = new Board(api, submit(sql, api, diary));
      var shot = watch(board, deployers, diary);
      if (shot == null) {
        return gaveUp(board, deployers);
      }
      var took = Seconds.since(since);
      var checks = new Checks(board, Diary.read(diary), shot, api, sql).all();
      console.say("");
      checks.forEach(check -> check.print(console));
      boolean held = checks.stream().allMatch(Check::held);
      console.say("");
      console.say(
          held
              ? "All of it held: " + checks.size() + " checks, 24 jobs, " + took + "."
              : "Not all of it held; the logs are in " + folder);
      return held ? HELD : FAILED;
    }
  }

  private Map<Long, DemoJob> submit(SqlDoor sql, ApiClient api, Path diary) {
    api.limit(DemoJobs.DEPLOY, DemoJobs.CAPACITY);
    api.limitOwner(DemoJobs.OWNER, DemoJobs.MAX_RUNNING);
    var all = DemoJobs.withDiary(diary);
    var overHttp = all.stream().filter(job -> job.door() == DemoJob.Door.HTTP).toList();
    var bySql = all.stream().filter(job -> job.door() == DemoJob.Door.SQL).toList();
    var jobs = new LinkedHashMap<Long, DemoJob>();
    put(jobs, api.submit(overHttp), overHttp);
    put(jobs, sql.enqueue(bySql), bySql);
    sql.enqueueAndRollBack(bySql.subList(0, 1));
    console.say(
        "Submitted %d jobs over HTTP, %d by SQL in one transaction, and one that was rolled back."
            .formatted(overHttp.size(), bySql.size()));
    return jobs;
  }

  private static void put(Map<Long, DemoJob> jobs, List<Long> ids, List<DemoJob> submitted) {
    for (int i = 0; i < ids.size(); i++) {
      jobs.put(ids.get(i), submitted.get(i));
    }
  }

  /** Until all jobs are over; null when it cannot or must not go on. */
  private @Nullable Shot watch(Board board, Deployers deployers, Path diary) {
    Shot shot = null;
    boolean missed = false;
    try (var display = Display.on(console, Map.of(DemoJobs.DEPLOY, DemoJobs.CAPACITY))) {
      while (true) {
        var rows = board.refresh();
        display.show(rows);
        if (board.isOver()) {
          return shot;
        }
        if (deployers.areBusy(rows)) {
          shot = deployers.shoot(board, diary);
          display.say(story(shot, rows));
        } else if (shot != null && !missed && wereTakenBack(shot, rows)) {
          missed = true;
          display.say("Junction has missed " + shot.worker() + ": its jobs are queued again.");
        }
        if (stop.within(LOOK) || deployers.trouble() != null) {
          return null;
        }
      }
    }
  }

  private static String story(Shot shot, List<JobRow> rows) {
    var names =
        rows.stream()
            .filter(row -> shot.jobs().contains(row.id()))
            .map(JobRow::name)
            .collect(Collectors.joining(" and "));
    return "kill -9 %d: %s dies in the middle of %s; %s starts."
        .formatted(shot.pid(), shot.worker(), names, shot.successor());
  }

  private static boolean wereTakenBack(Shot shot, List<JobRow> rows) {
    return rows.stream().anyMatch(row -> shot.jobs().contains(row.id()) && row.attempt() > 1);
  }

  private int gaveUp(Board board, Deployers deployers) {
    console.say("");
    stop.within(LOOK); // a Ctrl-C reaches the workers as soon as this process
    if (stop.askedBy() == Stop.By.USER) {
      console.say("Interrupted.");
      return INTERRUPTED;
    }
    console.complain("FAILED: " + reason(board, deployers));
    return FAILED;
  }

  private static String reason(Board board, Deployers deployers) {
    var trouble = deployers.trouble();
    if (trouble != null) {
      return trouble;
    }
    if (board.isOver()) {
      return "all jobs ended before a worker could be killed in the middle of some";
    }
    return board.rows().stream()
        .filter(row -> !row.isFinal())
        .map(row -> row.name() + " (" + row.state() + ", attempt " + row.attempt() + ")")
        .collect(
            Collectors.joining(
                ", ", "gave up after " + LONGEST.toSeconds() + " s of waiting for ", ""));
  }
}
