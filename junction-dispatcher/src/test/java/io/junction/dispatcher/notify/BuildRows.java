package io.junction.dispatcher.notify;

import com.fasterxml.uuid.Generators;
import io.junction.dispatcher.Rows;
import java.util.UUID;

/** Builds, subscriptions and deliveries as tests of notifications need them. */
public final class BuildRows {

  private final Rows rows;

  public BuildRows(Rows rows) {
    this.rows = rows;
  }

  /** A new build of {@code acme/web} on its main branch. */
  public long build() {
    return build("acme", "acme/web", "main");
  }

  public long build(String owner, String repository, String branch) {
    return rows.number(
        """
        INSERT INTO junction.builds (owner, repository, branch, number)
        VALUES (?, ?, ?, '12') RETURNING id
        """,
        owner,
        repository,
        branch);
  }

  public void start(long build) {
    rows.run(
        "UPDATE junction.builds SET state = 'started', started_at = now() WHERE id = ?", build);
  }

  public void finish(long build, String state) {
    rows.run(
        """
        UPDATE junction.builds SET state = ?, finished_at = now(), duration = 7 WHERE id = ?
        """,
        state,
        build);
  }

  /** To a webhook, of all that begins and ends in this repository. */
  public UUID webhook(String repository) {
    return subscription(
        "webhook", "{\"url\": \"https://example.com/\", \"secrets\": []}", repository);
  }

  public UUID subscription(String kind, String target, String repository) {
    var id = Generators.timeBasedEpochGenerator().generate();
    rows.run(
        """
        INSERT INTO junction.subscriptions
          (id, kind, target, repository, on_success, on_failure, on_start, on_pull_requests)
        VALUES (?, ?, ?::jsonb, ?, 'always', 'always', 'always', true)
        """,
        id,
        kind,
        target,
        repository);
    return id;
  }

  /** So many deliveries, each of another build's end, in the order of their events. */
  public void deliveries(UUID subscription, int count) {
    for (int n = 0; n < count; n++) {
      long build = build();
      finish(build, "passed");
      delivery(subscription, build, "build:finished");
    }
  }

  public UUID delivery(UUID subscription, long build, String kind) {
    var id = Generators.timeBasedEpochGenerator().generate();
    rows.run(
        """
        INSERT INTO junction.deliveries (id, event_id, subscription_id, build_id)
        SELECT ?, id, ?, build_id FROM junction.events WHERE build_id = ? AND kind = ?
        """,
        id,
        subscription,
        build,
        kind);
    return id;
  }

  public String stateOf(UUID delivery) {
    return rows.text("SELECT state FROM junction.deliveries WHERE id = ?", delivery);
  }

  /** Whatever waits is due now. */
  public void letTimePass() {
    rows.run(
        "UPDATE junction.deliveries SET due_at = now() - interval '1 s'"
            + " WHERE state = 'pending' AND claimed_until IS NULL");
  }
}
