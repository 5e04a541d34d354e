package io.junction.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every dispatcher, killed in the middle of 1,000 deliveries to a webhook. */
@Order(6)
@ExtendWith(ClusterExtension.class)
class NotifySystemTest {

  private static final int BUILDS = 1_000;
  private static final int MIDDLE = 200;

  @Test
  void killed_dispatchers_lose_no_delivery_and_a_repetition_has_the_same_id(Cluster cluster)
      throws IOException {
    cluster.complete();
    var jdbc = cluster.jdbc();
    try (var hook = new Hook();
        var http = new Http(cluster.apis())) {
      var subscription = subscribe(http, hook);
      finishBuilds(jdbc);
      Pace.awaiting(MIDDLE + " messages").until(() -> hook.ids().size() >= MIDDLE);
      cluster.dispatchers().forEach(Daemon::kill);
      assertThat(delivered(jdbc, subscription)).as("in the middle").isLessThan(BUILDS - 100);
      endClaims(jdbc);
      cluster.complete();
      Pace.awaiting(BUILDS + " delivered").until(() -> delivered(jdbc, subscription) == BUILDS);

      var sent = new HashSet<>(hook.ids());
      assertThat(sent).isEqualTo(ids(jdbc, subscription)).hasSize(BUILDS);
      assertThat(events(jdbc, subscription)).isEqualTo(BUILDS);
      System.out.printf(
          "%d messages for %d deliveries: %d repeated, each with its id%n",
          hook.ids().size(), BUILDS, hook.ids().size() - sent.size());
    }
  }

  private static UUID subscribe(Http http, Hook hook) throws IOException {
    var body =
        Map.of(
            "kind",
            "webhook",
            "target",
            Map.of("url", hook.url()),
            "filter",
            Map.of("repository", "acme/notify"));
    var made = http.send("POST", "/v1/subscriptions", Cluster.OPERATOR_TOKEN, body);
    return UUID.fromString(made.path("id").asString());
  }

  private static void finishBuilds(JdbcClient jdbc) {
    jdbc.sql(
            """
            INSERT INTO junction.builds (repository, branch, number)
            SELECT 'acme/notify', 'main', n::text FROM generate_series(1, :count) AS n
            """)
        .param("count", BUILDS)
        .update();
    jdbc.sql(
            """
            UPDATE junction.builds SET state = 'passed', finished_at = now(), duration = 1
            WHERE repository = 'acme/notify'
            """)
        .update();
  }

  /** As if the time of the claims had passed that the killed ones held. */
  private static void endClaims(JdbcClient jdbc) {
    jdbc.sql(
            """
            UPDATE junction.deliveries SET
              due_at = now() - interval '1 s', claimed_until = now() - interval '1 s'
            WHERE claimed_until IS NOT NULL
            """)
        .update();
  }

  private static int delivered(JdbcClient jdbc, UUID subscription) {
    return jdbc.sql(
            """
            SELECT count(*) FROM junction.deliveries
            WHERE subscription_id = :subscription AND state = 'delivered'
            """)
        .param("subscription", subscription)
        .query((row, n) -> row.getInt(1))
        .single();
  }

  private static Set<String> ids(JdbcClient jdbc, UUID subscription) {
    return new HashSet<>(
        jdbc.sql("SELECT id::text FROM junction.deliveries WHERE subscription_id = :subscription")
            .param("subscription", subscription)
            .query((row, n) -> row.getString(1))
            .list());
  }

  private static int events(JdbcClient jdbc, UUID subscription) {
    return jdbc.sql(
            """
            SELECT count(DISTINCT e.build_id) FROM junction.deliveries d
            JOIN junction.events e ON e.id = d.event_id
            WHERE d.subscription_id = :subscription AND e.kind = 'build:finished'
            """)
        .param("subscription", subscription)
        .query((row, n) -> row.getInt(1))
        .single();
  }
}
