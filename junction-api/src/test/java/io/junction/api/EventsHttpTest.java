package io.junction.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junction.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy holds five streams, polls each 20 ms and beats each 300 ms; see {@link ApiServer}. */
@ApiServer
class EventsHttpTest {

  private final Client api;
  private final TestDatabase database;
  private final List<EventReader> readers = new ArrayList<>();

  EventsHttpTest(Client api, TestDatabase database) {
    this.api = api;
    this.database = database;
  }

  @BeforeEach
  @AfterEach
  void close() {
    readers.forEach(EventReader::close);
    readers.clear();
    for (var copy : List.of(api, api.other())) {
      await().until(() -> Metrics.gauge(copy, "junction_streams") == 0);
    }
  }

  @Test
  void a_stream_begins_now_and_tells_each_change_with_its_cursor() {
    api.submit("before");
    var reader = follow("");
    assertThat(reader.await(block -> !block.retry().isEmpty()).retry()).matches("[12]\\d\\d\\d");
    long job = api.submit("linux");
    var created = reader.next();
    assertThat(created.event()).isEqualTo("job:created");
    assertThat(created.json().path("id").asLong()).isPositive();
    assertThat(created.json().path("kind").asString()).isEqualTo("job:created");
    assertThat(created.json().path("version").asInt()).isEqualTo(1);
    assertThat(created.json().path("job_id").asLong()).isEqualTo(job);
    assertThat(created.json().path("queue").asString()).isEqualTo("linux");
    assertThat(Instant.parse(created.json().path("at").asString())).isNotNull();
    assertThat(created.json().has("build_id")).isFalse();
    assertThat(created.json().path("payload").path("state").asString()).isEqualTo("created");
    assertThat(created.json().path("payload").has("queued_at")).isFalse();
    var queued = reader.next();
    assertThat(queued.event()).isEqualTo("job:queued");
    assertThat(queued.json().path("payload").path("attempt").asInt()).isEqualTo(1);
    assertThat(Instant.parse(queued.json().path("payload").path("queued_at").asString()))
        .isNotNull();
    assertThat(queued.id()).isNotEmpty().isNotEqualTo(created.id());
  }

  @Test
  void what_is_no_job_is_told_as_it_was_stored() {
    var reader = follow("?kind=build:*");
    long build = build("travis/ci");
    var told = reader.next();
    assertThat(told.event()).isEqualTo("build:created");
    assertThat(told.json().path("build_id").asLong()).isEqualTo(build);
    assertThat(told.json().path("repository").asString()).isEqualTo("travis/ci");
    assertThat(told.json().path("payload").path("message").asString()).isEqualTo("größer\nals ☃");
    assertThat(told.json().path("payload").path("state").asString()).isEqualTo("created");
  }

  @Test
  void each_filter_lets_through_what_it_names() {
    long build = build("travis/ci");
    long job = jobOf(build);
    var filters =
        Stream.of(
            "?build=" + build,
            "?job=" + job,
            "?queue=mac",
            "?owner=travis",
            "?repository=travis/hub&kind=job:started,job:finished&kind=queue:paused");
    var streams = filters.map(this::follow).toList();
    api.submit("linux");
    database
        .jdbc()
        .sql(
            """
            UPDATE junction.jobs SET state = 'passed', finished_at = now(), queue = 'mac',
              owner = 'travis', repository = 'travis/hub'
            WHERE id = :job
            """)
        .param("job", job)
        .update();
    for (var stream : streams) {
      assertThat(stream.next(1)).containsExactly("job:finished " + job);
    }
  }

  @Test
  void kinds_are_told_by_name_or_by_what_they_are_of() {
    var named = follow("?kind=job:queued,queue:*");
    var all = follow("?kind=job:*&kind=queue:resumed");
    long job = api.submit("linux");
    api.post(Client.OPERATOR, "/v1/queues/linux/pause", "");
    api.post(Client.OPERATOR, "/v1/queues/linux/resume", "");
    assertThat(named.next(2)).startsWith("job:queued " + job);
    assertThat(all.next(3))
        .containsExactly("job:created " + job, "job:queued " + job, "queue:resumed 0");
  }

  @Test
  void who_comes_back_to_the_other_copy_misses_nothing_and_hears_nothing_twice() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var reader = follow("?kind=job:created");
    var expected = new ArrayList<Long>();
    var heard = new ArrayList<Long>();
    var copy = api;
    for (int round = 0; round < 8; round++) {
      for (int n = 0; n < 20; n++) {
        expected.add(api.submit("linux"));
      }
      var last = "";
      for (int n = 1 + random.nextInt(20); n > 0; n--) {
        var block = reader.next();
        heard.add(block.json().path("job_id").asLong());
        last = block.id();
      }
      reader.close();
      copy = copy.other();
      reader =
          round % 2 == 0
              ? comeBack(copy, "?kind=job:created", last)
              : comeBack(copy, "?kind=job:created&last_event_id=" + last, "");
    }
    while (heard.size() < expected.size()) {
      heard.add(reader.next().json().path("job_id").asLong());
    }
    assertThat(heard).as("seed %d", seed).containsExactlyElementsOf(expected);
  }

  @Test
  void a_backlog_of_many_pages_is_told_whole() {
    var begin = follow("").await(block -> !block.id().isEmpty()).id();
    database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, owner)
            SELECT 'q', CASE WHEN n % 100 = 0 THEN 'rare' END FROM generate_series(1, 1200) AS n
            """)
        .update();
    var all = open(api.other(), Client.READER, "", begin);
    var rare = open(api.other(), Client.READER, "?owner=rare", begin);
    var jobs = new HashSet<Long>();
    for (int n = 0; n < 1_200; n++) {
      jobs.add(all.next().json().path("job_id").asLong());
    }
    assertThat(jobs).hasSize(1_200);
    for (int n = 0; n < 12; n++) {
      assertThat(rare.next().json().path("owner").asString()).isEqualTo("rare");
    }
  }

  @Test
  void a_heartbeat_moves_the_cursor_over_what_the_filter_leaves_out() {
    var reader = follow("?queue=mac");
    api.submit("linux");
    var beat = reader.await(block -> block.comment().equals("heartbeat"));
    assertThat(beat.event()).isEmpty();
    assertThat(beat.data()).isEmpty();
    long left = api.submit("linux");
    // By two beats later, one of them began after the event was found.
    await()
        .until(
            () -> {
              var cursor = reader.await(block -> block.comment().equals("heartbeat")).id();
              try (var other = comeBack(api.other(), "", cursor)) {
                long next = api.submit("linux");
                return other.next().json().path("job_id").asLong() == next && next > left;
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {Client.SCHEDULER, Client.OPERATOR, Client.READER})
  void who_reads_may_follow(String token) {
    assertThat(open(api, token, "", "").status()).isEqualTo(200);
  }

  @Test
  void a_worker_may_not() {
    assertThat(api.get(Client.WORKER, "/v1/events").status()).isEqualTo(403);
    assertThat(api.get(api.register("q", 1).token(), "/v1/events").status()).isEqualTo(403);
    assertThat(api.get("", "/v1/events").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "last_event_id=nonsense, 400, malformed, last_event_id",
    "last_event_id=17, 400, malformed, last_event_id",
    "last_event_id=AX9_ZAA, 400, malformed, last_event_id",
    "build=x, 400, malformed, build",
    "job=1.5, 400, malformed, job",
    "build=1&build=2, 400, malformed, build",
    "build=, 400, malformed, build",
    "kind=, 400, malformed, kind",
    "colour=red, 400, unknown-field, colour",
    "kind=job:eaten, 422, invalid, kind",
    "kind=*, 422, invalid, kind",
    "kind=job, 422, invalid, kind",
    "kind=:*, 422, invalid, kind",
    "'kind=job:queued,', 422, invalid, kind",
    "queue=a%20b, 422, invalid, queue",
  })
  void what_cannot_be_followed_is_named(String query, int status, String problem, String field) {
    var answer = api.get(Client.READER, "/v1/events?" + query);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.field()).isEqualTo(field);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
  }

  @Test
  void a_stream_more_than_there_may_be_is_told_to_come_later() {
    for (int n = 0; n < 5; n++) {
      assertThat(follow("").status()).isEqualTo(200);
    }
    var answer = api.get(Client.READER, "/v1/events");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("unavailable");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    assertThat(open(api.other(), Client.READER, "", "").status()).isEqualTo(200);
    readers.getFirst().close();
    await().until(() -> api.get(Client.READER, "/v1/events?build=x").status() == 400);
    await().until(() -> Metrics.gauge(api, "junction_streams") < 5);
    assertThat(follow("").status()).isEqualTo(200);
  }

  @Test
  void who_comes_back_after_the_retention_is_told_that_something_may_be_missing() {
    var first = follow("");
    api.submit("linux");
    var cursor = first.next().id();
    api.submit("linux");
    api.submit("linux");
    database.jdbc().sql("DELETE FROM junction.events WHERE id < 5").update();
    var reader = open(api.other(), Client.READER, "?kind=job:*", cursor);
    var truncated = reader.next();
    assertThat(truncated.event()).isEqualTo("stream:truncated");
    assertThat(truncated.id()).isEqualTo(cursor);
    assertThat(reader.next().json().path("id").asLong()).isEqualTo(5);
  }

  private EventReader follow(String query) {
    return open(api, Client.READER, query, "");
  }

  /** As soon as a place is free: a copy finds out by its next heartbeat who has left. */
  private EventReader comeBack(Client copy, String query, String lastEventId) {
    return await()
        .until(
            () -> open(copy, Client.READER, query, lastEventId), reader -> reader.status() == 200);
  }

  private EventReader open(Client copy, String token, String query, String lastEventId) {
    var reader = new EventReader(copy, token, query, lastEventId);
    readers.add(reader);
    return reader;
  }

  private long build(String repository) {
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.builds (repository, message)
            VALUES (:repository, E'größer\\nals ☃') RETURNING id
            """)
        .param("repository", repository)
        .query(Long.class)
        .single();
  }

  private long jobOf(long build) {
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO junction.jobs (queue, state, queued_at, build_id)
            VALUES ('linux', 'queued', now(), :build) RETURNING id
            """)
        .param("build", build)
        .query(Long.class)
        .single();
  }
}
