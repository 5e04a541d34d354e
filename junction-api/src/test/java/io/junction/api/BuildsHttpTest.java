package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ApiServer
class BuildsHttpTest {

  private static final int BUILDS = 200;
  private static final int JOBS = 20;
  private static final int THREADS = 16;

  private final Client api;
  private final Placing placing;
  private final TestDatabase database;

  BuildsHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.placing = new Placing(database);
    this.database = database;
  }

  @Test
  void a_build_is_created_with_its_stages_and_jobs_and_can_be_read() {
    var created =
        api.post(
            Client.SCHEDULER,
            "/v1/builds",
            """
            {"repository": "acme/web", "owner": "acme", "branch": "main", "number": "12",
             "commit": "abc1234", "message": "Lay the tables", "url": "https://ci.example/12",
             "config": {"language": "java"},
             "stages": [
               {"name": "test", "jobs": [{"queue": "q", "config": {"command": "make"}},
                                         {"queue": "q", "allow_failure": true}]},
               {"name": "deploy", "jobs": [{"queue": "q", "number": "12.d", "owner": "ops"}]}]}
            """);
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    var build = api.get(Client.READER, created.headers().firstValue("location").orElseThrow());
    var body = build.body();
    assertThat(body.path("state").asString()).isEqualTo("created");
    assertThat(body.path("event_type").asString()).isEqualTo("push");
    assertThat(body.path("config").path("language").asString()).isEqualTo("java");
    assertThat(texts(body.path("stages"), "name")).containsExactly("test", "deploy");
    var jobs = body.path("jobs");
    assertThat(texts(jobs, "state")).containsExactly("created", "created", "created");
    assertThat(texts(jobs, "owner")).containsExactly("acme", "acme", "ops");
    assertThat(jobs.path(0).path("build").path("number").asString()).isEqualTo("12.1");
    assertThat(jobs.path(1).path("build").path("allow_failure").asBoolean()).isTrue();
    assertThat(jobs.path(2).path("build").path("number").asString()).isEqualTo("12.d");
    assertThat(jobs.path(2).path("build").path("stage_id").asLong())
        .isEqualTo(body.path("stages").path(1).path("id").asLong());
    var one = api.get(Client.READER, "/v1/jobs/" + jobs.path(0).path("id").asLong()).body();
    assertThat(one.path("build").path("id").asLong()).isEqualTo(body.path("id").asLong());
    assertThat(one.path("config").path("command").asString()).isEqualTo("make");
  }

  @Test
  void builds_are_listed_newest_first_and_page_by_page() {
    var repository = "list/" + UUID.randomUUID();
    var ids = new ArrayList<Long>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(create("{\"repository\":\"" + repository + "\"," + jobs(1) + "}"));
    }
    var path = "/v1/builds?limit=2&repository=" + repository;
    var seen = new ArrayList<Long>();
    String next = "";
    for (int page = 0; page < 4 && next != null; page++) {
      var body = api.get(Client.READER, path + next).body();
      body.path("builds").forEach(build -> seen.add(build.path("id").asLong()));
      next = body.has("next") ? "&before=" + body.path("next").asLong() : null;
    }
    assertThat(seen).isEqualTo(ids);
    assertThat(api.get(Client.READER, path + "&state=passed").body().path("builds")).isEmpty();
  }

  @Test
  void a_build_is_canceled_and_restarted_as_a_whole_and_in_part() {
    long build = create("{" + jobs(2) + "}");
    var canceled =
        api.post(Client.SCHEDULER, "/v1/builds/" + build + "/cancel", "{\"reason\":\"no\"}");
    assertThat(canceled.status()).isEqualTo(200);
    assertThat(canceled.body().path("state").asString()).isEqualTo("canceled");
    assertThat(canceled.body().path("reason").asString()).isEqualTo("no");
    assertThat(texts(canceled.body().path("jobs"), "state"))
        .containsExactly("canceled", "canceled");
    assertThat(api.post(Client.OPERATOR, "/v1/builds/" + build + "/cancel", "").status())
        .isEqualTo(200);

    long second = canceled.body().path("jobs").path(1).path("id").asLong();
    var part =
        api.post(Client.SCHEDULER, "/v1/builds/" + build + "/restart", "{\"job\":" + second + "}");
    assertThat(part.body().path("state").asString()).isEqualTo("created");
    assertThat(texts(part.body().path("jobs"), "state")).containsExactly("canceled", "created");

    var whole = api.post(Client.SCHEDULER, "/v1/builds/" + build + "/restart", "");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(texts(whole.body().path("jobs"), "state")).containsExactly("created", "created");
  }

  @Test
  void a_build_that_has_passed_cannot_be_canceled() {
    long build = create("{" + jobs(1) + "}");
    var worker = api.register("q", 1);
    var placed = placing.placeAll(List.of(build), List.of(worker.id()));
    finish(api, worker, placed.getFirst().assignment(), "passed");
    var answer = api.post(Client.SCHEDULER, "/v1/builds/" + build + "/cancel", "");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("refused");
    assertThat(answer.body().path("state").asString()).isEqualTo("passed");
  }

  @Test
  void what_is_not_there_is_not_found() {
    for (var path : List.of("/v1/builds/0/cancel", "/v1/builds/0/restart")) {
      assertThat(api.post(Client.SCHEDULER, path, "").status()).isEqualTo(404);
    }
    assertThat(api.get(Client.READER, "/v1/builds/0").status()).isEqualTo(404);
    long build = create("{" + jobs(1) + "}");
    long stranger = api.submit("q");
    var answer =
        api.post(
            Client.SCHEDULER, "/v1/builds/" + build + "/restart", "{\"job\":" + stranger + "}");
    assertThat(answer.status()).isEqualTo(404);
  }

  /**
   * Jobs of one build that finish in the same moment on two copies: each build ends once, as its
   * jobs do. The seed is printed.
   */
  @Test
  void builds_whose_jobs_finish_at_once_on_two_copies_end_exactly_once() throws Exception {
    long seed = System.nanoTime();
    System.out.println("builds_whose_jobs_finish_at_once, seed " + seed);
    var random = new Random(seed);
    var workers = new HashMap<UUID, Client.Registered>();
    for (int i = 0; i < THREADS; i++) {
      var worker = api.register("q", BUILDS * JOBS);
      workers.put(worker.id(), worker);
    }
    var builds = new ArrayList<Long>();
    var expected = new ArrayList<String>();
    var ends = new HashMap<Long, String>();
    for (int i = 0; i < BUILDS; i++) {
      long build = create("{" + jobs(JOBS) + "}");
      builds.add(build);
      var ofBuild = ends(random);
      expected.add(worst(ofBuild));
      var ids = jobsOf(build);
      for (int job = 0; job < JOBS; job++) {
        ends.put(ids.get(job), ofBuild.get(job));
      }
    }
    var byWorker =
        placing.placeAll(builds, List.copyOf(workers.keySet())).stream()
            .collect(Collectors.groupingBy(Placing.Placed::worker));
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var running =
          byWorker.entrySet().stream()
              .map(
                  jobs ->
                      threads.submit(
                          () -> {
                            var worker = Objects.requireNonNull(workers.get(jobs.getKey()));
                            for (var placed : jobs.getValue()) {
                              var copy = placed.job() % 2 == 0 ? api : api.other();
                              var end = Objects.requireNonNull(ends.get(placed.job()));
                              assertThat(finish(copy, worker, placed.assignment(), end))
                                  .isEqualTo(200);
                            }
                            return jobs.getValue().size();
                          }))
              .toList();
      int finished = 0;
      for (var thread : running) {
        finished += thread.get();
      }
      assertThat(finished).isEqualTo(BUILDS * JOBS);
    }
    for (int i = 0; i < BUILDS; i++) {
      assertThat(toldOf(builds.get(i)))
          .as("build %d, seed %d", i, seed)
          .containsExactly("build:created created", "build:started started", expected.get(i));
    }
  }

  private static List<String> ends(Random random) {
    var worst = List.of("passed", "failed", "errored").get(random.nextInt(3));
    var ends = new ArrayList<String>();
    for (int job = 0; job < JOBS; job++) {
      ends.add(random.nextInt(10) == 0 ? worst : "passed");
    }
    return ends;
  }

  private static String worst(List<String> ends) {
    var state =
        ends.contains("errored") ? "errored" : ends.contains("failed") ? "failed" : "passed";
    return "build:finished " + state;
  }

  private List<String> toldOf(long build) {
    return database
        .jdbc()
        .sql(
            """
            SELECT kind || ' ' || state FROM junction.events
            WHERE build_id = :build AND kind LIKE 'build:%' ORDER BY id
            """)
        .param("build", build)
        .query((row, n) -> row.getString(1))
        .list();
  }

  private int finish(Client copy, Client.Registered worker, UUID assignment, String state) {
    return copy.patch(
            worker.token(),
            "/v1/assignments/" + assignment + "/state",
            "{\"event\":\"finish\",\"state\":\"" + state + "\"}")
        .status();
  }

  private long create(String body) {
    var answer = api.post(Client.SCHEDULER, "/v1/builds", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().path("id").asLong();
  }

  private List<Long> jobsOf(long build) {
    return database
        .jdbc()
        .sql("SELECT id FROM junction.jobs WHERE build_id = :build ORDER BY id")
        .param("build", build)
        .query((row, n) -> row.getLong("id"))
        .list();
  }

  private static String jobs(int count) {
    return "\"jobs\":[" + String.join(",", Collections.nCopies(count, "{\"queue\":\"q\"}")) + "]";
  }

  private static List<String> texts(JsonNode list, String field) {
    var texts = new ArrayList<String>();
    list.forEach(node -> texts.add(node.path(field).asString("")));
    return texts;
  }
}
