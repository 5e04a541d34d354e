package io.junction.common.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.junction.testing.Postgres;
import io.junction.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of workers and queues, whoever changes them. */
@Postgres
class WorldEventsPostgresTest {

  private House house;

  @BeforeEach
  void build(TestDatabase database) {
    house = House.on(database);
  }

  @Test
  void a_worker_is_registered_lost_found_and_retired() {
    var worker = House.id();
    house.worker(worker);
    set(worker, "lost_at = now()");
    set(worker, "lost_at = NULL");
    set(worker, "retired_at = now(), lost_at = NULL");
    set(worker, "retired_at = retired_at, draining_at = now()");
    assertThat(told("worker_id = '" + worker + "'"))
        .containsExactly("worker:registered", "worker:lost", "worker:found", "worker:retired");
    assertThat(payload("worker_id = '" + worker + "'", "queue")).isEqualTo("q");
    assertThat(payload("worker_id = '" + worker + "'", "token_hash")).isEqualTo("null");
  }

  @Test
  void a_queue_is_paused_and_resumed() {
    house.jdbc.sql("INSERT INTO queues (name) VALUES ('told')").update();
    for (var change : List.of("now()", "now() + interval '1 s'", "NULL", "NULL")) {
      house.jdbc.sql("UPDATE queues SET paused_at = " + change + " WHERE name = 'told'").update();
    }
    assertThat(told("queue = 'told'")).containsExactly("queue:paused", "queue:resumed");
  }

  private void set(UUID worker, String change) {
    house.jdbc.sql("UPDATE workers SET " + change + " WHERE id = :id").param("id", worker).update();
  }

  private List<String> told(String where) {
    return house
        .jdbc
        .sql("SELECT kind FROM events WHERE " + where + " ORDER BY id")
        .query((row, n) -> row.getString(1))
        .list();
  }

  private String payload(String where, String field) {
    return house
        .jdbc
        .sql(
            "SELECT coalesce(payload ->> :field, 'null') FROM events WHERE "
                + where
                + " ORDER BY id DESC LIMIT 1")
        .param("field", field)
        .query((row, n) -> row.getString(1))
        .single();
  }
}
