package io.junction.common.subscription;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How a subscription is written, whoever asks for it. */
@Component
public class SubscriptionStatements {

  private static final String INSERT =
      """
      INSERT INTO subscriptions (
        id, build_id, kind, name, owner, repository, branch, events,
        on_success, on_failure, on_start, on_pull_requests, target, secrets)
      VALUES (
        :id, :buildId, :kind, :name, :owner, :repository, :branch, :events,
        :onSuccess, :onFailure, :onStart, :onPullRequests, :target::jsonb, :secrets)
      """;

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

  SubscriptionStatements(JdbcClient jdbc, SecretBox box) {
    this.jdbc = jdbc;
    this.box = box;
  }

  /** Whether it can be written: what is secret of it needs a key. */
  public boolean canKeep(Target target) {
    return box.hasKey() || TargetJson.secret(target) == null;
  }

  /** Its id. */
  public UUID insert(SubscriptionSpec spec, @Nullable Long build) {
    var id = ids.generate();
    var filter = spec.filter();
    var rule = spec.rule();
    jdbc.sql(INSERT)
        .param("id", id)
        .param("buildId", build)
        .param("kind", spec.target().kind().text())
        .param("name", spec.name())
        .param("owner", filter.owner())
        .param("repository", filter.repository())
        .param("branch", filter.branch())
        .param("events", filter.events().toArray(String[]::new))
        .param("onSuccess", rule.onSuccess().text())
        .param("onFailure", rule.onFailure().text())
        .param("onStart", rule.onStart().text())
        .param("onPullRequests", rule.onPullRequests())
        .param("target", TargetJson.open(spec.target()))
        .param("secrets", sealed(spec.target()))
        .update();
    return id;
  }

  /** What is secret of it, as it is stored; null when nothing is. */
  public byte @Nullable [] sealed(Target target) {
    var secret = TargetJson.secret(target);
    return secret == null ? null : box.seal(secret);
  }
}
