package io.junction.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Concurrently;
import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever order transactions begin, write and end in, each event is told once and in order. */
@Postgres
class EventPagesRaceTest {

  private static final int WRITERS = 7;
  private static final int STEPS = 600;
  private static final int JOBS = 9;

  private final TestDatabase database;
  private final EventStatements statements;

  EventPagesRaceTest(TestDatabase database) {
    this.database = database;
    this.statements = new EventStatements(JdbcClient.create(database.inSchema()));
  }

  @RepeatedTest(5)
  void each_committed_event_is_told_once_and_in_the_order_of_its_job() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var writers = writers();
    var committed = new ArrayList<Long>();
    var follower = follower();
    for (int step = 0; step < STEPS; step++) {
      var writer = writers.get(random.nextInt(WRITERS));
      long job = 1L + random.nextInt(JOBS);
      switch (random.nextInt(12)) {
        case 0 -> writer.begin();
        case 1 -> committed.addAll(commit(writer));
        case 2 -> writer.rollBack();
        case 3, 4, 5 -> follower.read(1 + random.nextInt(4));
        case 6 -> comeBack(follower, random);
        default -> {
          if (writer.lock(job)) {
            writer.write(job, 1 + random.nextInt(3));
          }
        }
      }
    }
    writers.forEach(writer -> committed.addAll(commit(writer)));
    follower.readAll(1 + random.nextInt(50));
    writers.forEach(Writer::close);
    assertThat(follower.told())
        .as("seed %d", seed)
        .extracting(Follower.Told::id)
        .containsExactlyInAnyOrderElementsOf(committed);
    assertThat(committed).hasSizeGreaterThan(STEPS / 20);
    assertInOrder(follower, seed);
  }

  @RepeatedTest(3)
  void the_same_while_all_write_at_once() {
    long seed = System.nanoTime();
    var writing = new AtomicInteger(WRITERS);
    var follower = follower();
    List<Callable<List<Long>>> writers =
        IntStream.range(0, WRITERS)
            .<Callable<List<Long>>>mapToObj(
                n ->
                    () -> {
                      var written = write(new Random(seed + n));
                      writing.decrementAndGet();
                      return written;
                    })
            .toList();
    Callable<List<Long>> reader =
        () -> {
          var random = new Random(seed - 1);
          while (writing.get() > 0) {
            follower.read(1 + random.nextInt(20));
            if (random.nextInt(20) == 0) {
              comeBack(follower, random);
            }
          }
          follower.readAll(100);
          return List.of();
        };
    var committed =
        Concurrently.run(Stream.concat(writers.stream(), Stream.of(reader)).toList()).stream()
            .flatMap(List::stream)
            .toList();
    assertThat(follower.told())
        .as("seed %d", seed)
        .extracting(Follower.Told::id)
        .containsExactlyInAnyOrderElementsOf(committed);
    assertInOrder(follower, seed);
  }

  private static List<Long> commit(Writer writer) {
    writer.finishRun();
    return writer.commit();
  }

  private List<Long> write(Random random) {
    var committed = new ArrayList<Long>();
    try (var writer = new Writer(database.inSchema())) {
      for (int transaction = 0; transaction < 60; transaction++) {
        for (int event = random.nextInt(5); event >= 0; event--) {
          long job = 1L + random.nextInt(JOBS);
          if (writer.lock(job)) {
            writer.write(job, 1 + random.nextInt(3));
          }
        }
        if (random.nextInt(5) == 0) {
          writer.rollBack();
        } else {
          committed.addAll(commit(writer));
        }
      }
    }
    return committed;
  }

  /** One of the last few: as far back as a client that was cut off may be. */
  private static void comeBack(Follower follower, Random random) {
    int told = follower.told().size();
    if (told > 0) {
      follower.comeBack(told - 1 - random.nextInt(Math.min(told, 10)));
    }
  }

  private static void assertInOrder(Follower follower, long seed) {
    var last = new HashMap<Long, Long>();
    for (var told : follower.told()) {
      assertThat(told.id()).as("seed %d", seed).isGreaterThan(last.getOrDefault(told.job(), 0L));
      last.put(told.job(), told.id());
    }
  }

  private List<Writer> writers() {
    return Stream.generate(() -> new Writer(database.inSchema())).limit(WRITERS).toList();
  }

  private Follower follower() {
    return new Follower(statements);
  }
}
