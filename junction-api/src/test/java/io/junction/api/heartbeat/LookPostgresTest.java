package io.junction.api.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a look tells the polls of a worker with one open assignment, and when it does not dare. */
@Postgres
class LookPostgresTest {

  private final UUID worker = UUID.randomUUID();
  private final UUID assignment = UUID.randomUUID();
  private final JdbcClient jdbc;
  private final ReceiveHeartbeats heartbeats;

  @SuppressWarnings("NullAway") // a look needs nothing but the statements
  LookPostgresTest(TestDatabase database) {
    this.jdbc = JdbcClient.create(database.inSchema());
    this.heartbeats = new ReceiveHeartbeats(new HeartbeatStatements(jdbc), null, null, null);
  }

  @BeforeEach
  void place() {
    jdbc.sql("INSERT INTO queues (name) VALUES ('q')").update();
    jdbc.sql(
            """
            INSERT INTO workers (id, queue, token_hash, lease_ms, silence_ms)
            VALUES (?, 'q', '', 20000, 30000)
            """)
        .param(worker)
        .update();
    jdbc.sql("INSERT INTO worker_heartbeats (worker_id, seq) VALUES (?, 5)").param(worker).update();
    jdbc.sql(
            """
            WITH job AS (
              INSERT INTO jobs (queue, state, queued_at, assignment_id)
              VALUES ('q', 'queued', now(), ?) RETURNING id, assignment_id
            )
            INSERT INTO assignments (id, job_id, worker_id, queue, attempt)
            SELECT assignment_id, id, ?, 'q', 1 FROM job
            """)
        .params(assignment, worker)
        .update();
  }

  @Test
  void a_worker_that_was_heard_of_lately_is_told_of_its_work_once() {
    var replies = heartbeats.look(List.of(idle(5), idle(7), idle(6)));

    assertThat(replies.get(0)).isEqualTo(new Reply.Stale(7));
    assertThat(replies.get(2)).isEqualTo(new Reply.Stale(7));
    assertThat(((Reply.Heard) replies.get(1)).work())
        .extracting(HeartbeatResponse.Work::id)
        .containsExactly(assignment);
  }

  @Test
  void one_of_which_half_a_lease_was_nothing_heard_is_not_trusted_with_work() {
    jdbc.sql("UPDATE worker_heartbeats SET last_heartbeat = now() - interval '11 s'").update();

    assertThat(heartbeats.look(List.of(idle(5)))).containsExactly(new Reply.Unsure());
  }

  @Test
  void one_that_was_given_up_or_has_beaten_elsewhere_is_not_either() {
    assertThat(heartbeats.look(List.of(idle(4)))).containsExactly(new Reply.Unsure());

    jdbc.sql("UPDATE workers SET lost_at = now()").update();
    assertThat(heartbeats.look(List.of(idle(5)))).containsExactly(new Reply.Unsure());
  }

  @Test
  void what_a_busy_worker_lists_comes_without_its_job() {
    var busy = new Heartbeat(worker, 5, Set.of(assignment), List.of(), false);

    var heard = (Reply.Heard) heartbeats.look(List.of(busy)).getFirst();

    assertThat(heard.work()).containsExactly(new HeartbeatResponse.Work(assignment, 1, null));
  }

  @Test
  void nobody_is_told_so() {
    var nobody = new Heartbeat(UUID.randomUUID(), 1, Set.of(), List.of(), false);

    assertThat(heartbeats.look(List.of(nobody))).containsExactly(new Reply.Nobody());
  }

  private Heartbeat idle(long seq) {
    return new Heartbeat(worker, seq, Set.of(), List.of(), false);
  }
}
