package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The judge itself: each wrong that could be done is done, by SQL, and must be found. */
@Order(1)
@ExtendWith(ClusterExtension.class)
class HistorySystemTest {

  private static final String JOB =
      """
      INSERT INTO junction.jobs (queue, state, queued_at, priority)
      VALUES (:queue, 'queued', now(), :priority) RETURNING id
      """;

  private static final String PLACE =
      """
      WITH placed AS (
        UPDATE junction.jobs SET assignment_id = gen_random_uuid() WHERE id = :id
        RETURNING id, queue, assignment_id
      )
      INSERT INTO junction.assignments (id, job_id, worker_id, queue, attempt)
      SELECT assignment_id, id, '00000000-0000-0000-0000-000000000001', queue, 1 FROM placed
      """;

  private static final String FINISH =
      """
      UPDATE junction.jobs SET state = :state, finished_at = now() WHERE id = :id
      """;

  private static final String CLOSE =
      """
      UPDATE junction.assignments SET ended_at = now(), outcome = 'finished' WHERE job_id = :id
      """;

  @Test
  void a_life_in_good_order_is_found_good(Cluster cluster) {
    var jdbc = cluster.jdbc();
    String queue = "judge-good";
    long older = job(jdbc, queue, 0);
    long younger = job(jdbc, queue, 0);
    for (long id : new long[] {older, younger}) {
      place(jdbc, id);
      finish(jdbc, id, "passed");
      close(jdbc, id);
    }
    new History(jdbc).of(queue).shows(2).showsNothingLost();
  }

  @Test
  void a_final_state_that_is_written_twice_is_found(Cluster cluster) {
    var jdbc = cluster.jdbc();
    String queue = "judge-twice";
    long id = job(jdbc, queue, 0);
    place(jdbc, id);
    finish(jdbc, id, "failed");
    finish(jdbc, id, "passed");
    close(jdbc, id);
    close(jdbc, id);
    var evidence = new History(jdbc).of(queue);
    assertThat(evidence.endedOnce()).isZero();
    assertThat(evidence.afterTheEnd()).isPositive();
    assertThatThrownBy(() -> evidence.shows(1)).isInstanceOf(AssertionError.class);
  }

  @Test
  void a_job_that_was_overtaken_is_found(Cluster cluster) {
    var jdbc = cluster.jdbc();
    String queue = "judge-order";
    long low = job(jdbc, queue, 0);
    long high = job(jdbc, queue, 1);
    long lower = job(jdbc, queue, 0);
    place(jdbc, high);
    place(jdbc, lower);
    place(jdbc, low);
    assertThat(new History(jdbc).of(queue).overtaken()).isEqualTo(1);
  }

  @Test
  void an_excess_and_what_is_half_done_are_found(Cluster cluster) {
    var jdbc = cluster.jdbc();
    String queue = "judge-excess";
    jdbc.sql("INSERT INTO junction.queues (name, capacity) VALUES (:queue, 1)")
        .param("queue", queue)
        .update();
    long first = job(jdbc, queue, 0);
    place(jdbc, first);
    place(jdbc, job(jdbc, queue, 0));
    var history = new History(jdbc);
    assertThat(history.of(queue).excesses()).isEqualTo(1);
    assertThat(history.halfDone(queue)).isZero();
    finish(jdbc, first, "passed");
    assertThat(history.halfDone(queue)).isEqualTo(1);
  }

  private static long job(JdbcClient jdbc, String queue, int priority) {
    return jdbc.sql(JOB)
        .param("queue", queue)
        .param("priority", priority)
        .query((row, n) -> row.getLong(1))
        .single();
  }

  private static void place(JdbcClient jdbc, long id) {
    jdbc.sql(PLACE).param("id", id).update();
  }

  private static void finish(JdbcClient jdbc, long id, String state) {
    jdbc.sql(FINISH).param("id", id).param("state", state).update();
  }

  private static void close(JdbcClient jdbc, long id) {
    jdbc.sql(CLOSE).param("id", id).update();
  }
}
