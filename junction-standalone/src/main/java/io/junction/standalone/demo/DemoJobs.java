package io.junction.standalone.demo;

import io.junction.standalone.demo.DemoJob.Door;
import io.junction.standalone.demo.DemoJob.Expected;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The 24 jobs: 16 for the worker with 4 slots, 6 of them of an owner who may run 2; 8 exclusive
 * ones for the queue with the capacity 2.
 */
final class DemoJobs {

  static final String BUILD = "demo.build";
  static final String DEPLOY = "demo.deploy";
  static final int CAPACITY = 2;
  static final String OWNER = "acme";
  static final int MAX_RUNNING = 2;
  static final int EXIT_CODE = 3;
  static final long TIMEOUT_MS = 1_000;

  private final Path diary;
  private final List<DemoJob> jobs = new ArrayList<>();

  private DemoJobs(Path diary) {
    this.diary = diary;
  }

  /** They keep a diary there. */
  static List<DemoJob> withDiary(Path diary) {
    var jobs = new DemoJobs(diary);
    jobs.builds();
    jobs.deployments();
    return List.copyOf(jobs.jobs);
  }

  private void builds() {
    build("greet", "sleep 0.3; echo \"$GREETING from job $JUNCTION_JOB_ID\"");
    build(
        "fibonacci", "a=0 b=1; for i in {1..80}; do ((c=a+b, a=b, b=c)); done; sleep 0.4; echo $a");
    build(
        "primes",
        """
        n=0
        for ((i = 2; i < 5000; i++)); do
          for ((j = 2; j * j <= i; j++)); do ((i % j)) || continue 2; done
          ((++n))
        done
        echo "$n primes below 5000\"""");
    add("hang", "echo 'this takes a while'; sleep 60", TIMEOUT_MS, Expected.TIMES_OUT);
    build("platform", "sleep 0.5; uname -sm");
    build("checksum", "sleep 0.6; seq 100000 | cksum");
    add("break", "sleep 0.8; echo '2 of 9 tests failed'; exit " + EXIT_CODE, null, Expected.FAILS);
    build("count", "for i in 3 2 1; do echo $i; sleep 0.3; done; echo 'lift-off'");
    build("sort", "sleep 0.4; printf '%s\\n' pear fig apple | sort | paste -sd ' ' -");
    build("calendar", "sleep 0.7; date -u +'%A, week %V'");
    owned("folder", "sleep 0.3; touch a b c; echo \"$(ls | wc -l) files of its own\"");
    owned("factorial", "f=1; for i in {1..20}; do ((f*=i)); done; sleep 0.9; echo \"20! = $f\"");
    owned("dice", "sleep 0.5; echo \"rolled $((RANDOM % 6 + 1))\"");
    owned("lint", "sleep 1.1; echo '0 warnings'");
    owned("unit-tests", "sleep 1.4; echo '412 of 412 passed'");
    owned("package", "sleep 0.8; head -c 65536 /dev/zero | wc -c | tr -d ' '");
  }

  /** The third and the fourth are long, so that the kill surely meets them. */
  private void deployments() {
    for (var region : List.of("eu-1", "eu-2")) {
      deploy(region, 8, Door.HTTP);
    }
    for (var region : List.of("us-1", "us-2")) {
      deploy(region, 25, Door.HTTP);
    }
    for (var region : List.of("ap-1", "ap-2", "sa-1", "af-1")) {
      deploy(region, 8, Door.SQL);
    }
  }

  private void deploy(String region, int ticks, Door door) {
    var script =
        "for i in {1..%d}; do sleep 0.1; note tick; done; echo '%s is up'".formatted(ticks, region);
    jobs.add(new DemoJob(DEPLOY, region, null, config(script), null, true, Expected.PASSES, door));
  }

  private void build(String name, String script) {
    add(name, script, null, Expected.PASSES);
  }

  private void owned(String name, String script) {
    jobs.add(
        new DemoJob(BUILD, name, OWNER, config(script), null, false, Expected.PASSES, Door.HTTP));
  }

  private void add(String name, String script, @Nullable Long timeoutMs, Expected expected) {
    jobs.add(new DemoJob(BUILD, name, null, config(script), timeoutMs, false, expected, Door.HTTP));
  }

  private Map<String, Object> config(String script) {
    var environment = Map.of("DIARY", diary.toString(), "GREETING", "hello");
    return Map.of("command", Diary.kept(script), "environment", environment);
  }
}
