package io.junction.standalone.demo;

import io.junction.standalone.demo.DemoJob.Expected;
import io.junction.standalone.display.JobRow;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the demo has to show. All of it was seen from outside: over HTTP, in what the jobs wrote
 * down themselves, and in the event log.
 */
final class Checks {

  private final Board board;
  private final Diary diary;
  private final Shot shot;
  private final ApiClient api;
  private final SqlDoor sql;

  Checks(Board board, Diary diary, Shot shot, ApiClient api, SqlDoor sql) {
    this.board = board;
    this.diary = diary;
    this.shot = shot;
    this.api = api;
    this.sql = sql;
  }

  List<Check> all() {
    return List.of(
        everyJobEndedAsItShould(),
        theBrokenOneFailed(),
        theHangingOneTimedOut(),
        capacityHeld(),
        theOwnersLimitHeld(),
        theShotWorkersJobsWereFinished(),
        noJobRanTwiceAtATime(),
        rolledBackMeansNeverSeen());
  }

  private Check everyJobEndedAsItShould() {
    var rows = board.rows();
    var wrong = rows.stream().filter(row -> !row.state().equals(expected(row).state())).toList();
    var counts =
        Stream.of("passed", "failed", "errored", "canceled")
            .map(state -> count(rows, state))
            .filter(count -> !count.startsWith("0 "))
            .collect(Collectors.joining(", "));
    var what =
        "%d of %d jobs ended as they should: %s"
            .formatted(rows.size() - wrong.size(), rows.size(), counts);
    return new Check(wrong.isEmpty(), wrong.isEmpty() ? what : what + "; but " + names(wrong));
  }

  private static String count(List<JobRow> rows, String state) {
    return rows.stream().filter(row -> row.state().equals(state)).count() + " " + state;
  }

  private Expected expected(JobRow row) {
    return board.job(row.id()).expected();
  }

  private static String names(List<JobRow> rows) {
    return rows.stream()
        .map(row -> row.name() + " is " + row.state())
        .collect(Collectors.joining(", "));
  }

  private Check theBrokenOneFailed() {
    var row = only(r -> expected(r) == Expected.FAILS);
    int code = api.job(row.id()).path("result").path("exit_code").asInt(-1);
    return new Check(
        row.state().equals("failed") && code == DemoJobs.EXIT_CODE,
        "%s %s with exit code %d".formatted(row.name(), row.state(), code));
  }

  private Check theHangingOneTimedOut() {
    var row = only(r -> expected(r) == Expected.TIMES_OUT);
    var reason = api.job(row.id()).path("reason").asString("");
    return new Check(
        row.state().equals("errored") && reason.contains("timed out"),
        "%s %s: %s".formatted(row.name(), row.state(), reason));
  }

  private JobRow only(Predicate<JobRow> which) {
    return board.rows().stream().filter(which).findFirst().orElseThrow();
  }

  private Check capacityHeld() {
    var deployments =
        board.rows().stream()
            .filter(row -> row.queue().equals(DemoJobs.DEPLOY))
            .map(JobRow::id)
            .collect(Collectors.toSet());
    int ran = diary.mostAtOnce(deployments);
    return new Check(
        board.mostDeploying() <= DemoJobs.CAPACITY && ran == DemoJobs.CAPACITY,
        "%s has a capacity of %d: never more than %d jobs were given out, %d ran at a time"
            .formatted(DemoJobs.DEPLOY, DemoJobs.CAPACITY, board.mostDeploying(), ran));
  }

  private Check theOwnersLimitHeld() {
    int ran = sql.mostRunning(DemoJobs.OWNER);
    int waited = board.mostWaiting();
    return new Check(
        ran == DemoJobs.MAX_RUNNING && waited > 0,
        "%s may run %d jobs: by the event log never more than %d ran, while up to %d waited"
            .formatted(DemoJobs.OWNER, DemoJobs.MAX_RUNNING, ran, waited));
  }

  private Check theShotWorkersJobsWereFinished() {
    var rows = board.rows().stream().filter(row -> shot.jobs().contains(row.id())).toList();
    boolean held =
        !rows.isEmpty()
            && rows.stream()
                .allMatch(
                    row ->
                        row.state().equals("passed")
                            && row.attempt() > 1
                            && row.worker().equals(shot.successor()));
    return new Check(
        held,
        "%s (process %d) was killed with -9; %s finished %s in attempt %d"
            .formatted(
                shot.worker(),
                shot.pid(),
                shot.successor(),
                rows.stream().map(JobRow::name).collect(Collectors.joining(" and ")),
                rows.stream().mapToInt(JobRow::attempt).max().orElse(1)));
  }

  private Check noJobRanTwiceAtATime() {
    var overlapping = diary.overlapping();
    var repeated = diary.repeated();
    boolean held = overlapping.isEmpty() && repeated.isEmpty() && board.oddities().isEmpty();
    var what = "no job ran twice at the same time, and each ended exactly once";
    return new Check(held, held ? what : what + "; but: " + trouble(overlapping, repeated));
  }

  private String trouble(Set<Long> overlapping, Set<Long> repeated) {
    return "overlapping " + overlapping + ", repeated " + repeated + ", " + board.oddities();
  }

  private Check rolledBackMeansNeverSeen() {
    int seen = api.jobs().size();
    return new Check(
        seen == board.rows().size(),
        "4 jobs came by SQL, a fifth was rolled back and never seen: %d jobs in all"
            .formatted(seen));
  }
}
