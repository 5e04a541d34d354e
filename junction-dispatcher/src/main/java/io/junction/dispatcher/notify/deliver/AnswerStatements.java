package io.junction.dispatcher.notify.deliver;

import io.junction.dispatcher.notify.Answer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the answers change. */
@Component
class AnswerStatements {

  private static final int LONGEST = 1_000;

  /** Guarded by the number of the attempt: who lost its claim changes nothing. */
  static final String RECORD =
      """
      UPDATE deliveries d SET
        state = CASE WHEN a.word = 'delivered' THEN 'delivered'
                     WHEN a.word = 'failed' AND d.dies_at > now() THEN 'pending'
                     ELSE 'dead' END,
        due_at = CASE WHEN a.word = 'failed' AND d.dies_at > now()
                      THEN least(now() + a.wait * interval '1 ms', d.dies_at)
                      ELSE d.due_at END,
        delivered_at = CASE WHEN a.word = 'delivered' THEN now() END,
        claimed_until = NULL, last_error = a.error, last_detail = a.detail
      FROM unnest(:ids::uuid[], :attempts::int[], :words::text[], :waits::bigint[],
                  :errors::text[], :details::text[]) AS a(id, attempt, word, wait, error, detail)
      WHERE d.id = ANY (ARRAY[a.id]) AND d.attempts = a.attempt
        AND d.state NOT IN ('delivered', 'dead', 'skipped')
      RETURNING d.id, d.subscription_id, d.state, d.created_at::text AS created_at
      """;

  /** What waits behind each of them in its build is due with it, or at once when it is over. */
  static final String FOLLOW =
      """
      UPDATE deliveries SET due_at = behind.due_at
      FROM (
        SELECT next.id,
          CASE WHEN first.state = 'pending' THEN first.due_at ELSE now() END AS due_at
        FROM deliveries first CROSS JOIN LATERAL (
          SELECT d.id FROM deliveries d
          WHERE d.state = 'pending' AND d.subscription_id = first.subscription_id
            AND d.build_id = first.build_id AND d.event_id > first.event_id
          ORDER BY d.event_id LIMIT 1000) AS next
        WHERE first.id = ANY (:ids::uuid[])) AS behind
      WHERE deliveries.id = ANY (ARRAY[behind.id]) AND deliveries.claimed_until IS NULL
        AND deliveries.state NOT IN ('delivered', 'dead', 'skipped')
      """;

  /** A subscription whose deliveries arrive is not written. */
  static final String STANDING =
      """
      UPDATE subscriptions s SET
        failures = CASE WHEN t.arrived THEN 0 ELSE s.failures + t.dead END,
        failing_since = CASE WHEN NOT t.arrived THEN coalesce(s.failing_since, t.since) END
      FROM unnest(:ids::uuid[], :arrived::boolean[], :dead::int[], :since::timestamptz[])
        AS t(id, arrived, dead, since)
      WHERE s.id = ANY (ARRAY[t.id]) AND (s.failures > 0 OR NOT t.arrived)
      """;

  /** Ten in a row of which the first was made a day ago or more: nobody is there. */
  static final String DISABLE =
      """
      WITH disabled AS (
        UPDATE subscriptions SET
          disabled_at = now(), updated_at = now(),
          disabled_reason = 'none of its last ' || failures || ' deliveries arrived'
        WHERE id = ANY (:ids::uuid[]) AND disabled_at IS NULL
          AND failures >= 10 AND failing_since <= now() - interval '24 h'
        RETURNING id, kind, name, build_id, owner, repository, disabled_reason
      ), told AS (
        INSERT INTO events (kind, version, build_id, owner, repository, reason, payload)
        SELECT 'subscription:disabled', 1, build_id, owner, repository, disabled_reason,
          jsonb_strip_nulls(jsonb_build_object(
            'id', id, 'kind', kind, 'name', name, 'owner', owner, 'repository', repository,
            'reason', disabled_reason))
        FROM disabled
      ), skipped AS (
        UPDATE deliveries SET
          state = 'skipped', claimed_until = NULL, last_error = 'its subscription was disabled'
        WHERE state = 'pending' AND subscription_id = ANY (ARRAY(SELECT id FROM disabled))
      )
      SELECT id FROM disabled
      """;

  private final JdbcClient jdbc;

  AnswerStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that it changed. */
  List<Recorded> record(List<Answered> answers) {
    var recorded =
        jdbc.sql(RECORD)
            .param("ids", answers.stream().map(a -> a.claimed().id()).toArray(UUID[]::new))
            .param(
                "attempts",
                answers.stream().map(a -> a.claimed().attempt()).toArray(Integer[]::new))
            .param("words", texts(answers, Answered::word))
            .param("waits", answers.stream().map(AnswerStatements::wait).toArray(Long[]::new))
            .param("errors", texts(answers, AnswerStatements::error))
            .param("details", texts(answers, AnswerStatements::detail))
            .query(
                (row, n) ->
                    new Recorded(
                        row.getObject("id", UUID.class),
                        row.getObject("subscription_id", UUID.class),
                        row.getString("state"),
                        row.getString("created_at")))
            .list();
    if (!recorded.isEmpty()) {
      jdbc.sql(FOLLOW)
          .param("ids", recorded.stream().map(Recorded::id).toArray(UUID[]::new))
          .update();
    }
    return recorded;
  }

  /** Keeps the count of those that died in a row; returns whom that disabled. */
  List<UUID> judge(List<Standing> standings) {
    var ids = standings.stream().map(Standing::subscription).toArray(UUID[]::new);
    jdbc.sql(STANDING)
        .param("ids", ids)
        .param("arrived", standings.stream().map(Standing::arrived).toArray(Boolean[]::new))
        .param("dead", standings.stream().map(Standing::dead).toArray(Integer[]::new))
        .param("since", standings.stream().map(Standing::since).toArray(String[]::new))
        .update();
    if (standings.stream().allMatch(Standing::arrived)) {
      return List.of();
    }
    return jdbc.sql(DISABLE)
        .param("ids", ids)
        .query((row, n) -> row.getObject("id", UUID.class))
        .list();
  }

  private static Long wait(Answered answered) {
    return answered.answer() instanceof Answer.Failed failed
        ? BackOff.after(answered.claimed().attempt(), failed.after()).toMillis()
        : 0L;
  }

  private static @Nullable String error(Answered answered) {
    return switch (answered.answer()) {
      case Answer.Delivered delivered -> null;
      case Answer.Failed failed -> bounded(failed.reason());
      case Answer.Refused refused -> bounded(refused.reason());
    };
  }

  private static @Nullable String detail(Answered answered) {
    return answered.answer() instanceof Answer.Delivered delivered
        ? bounded(delivered.detail())
        : null;
  }

  /** A target may say anything; what Postgres cannot keep of it is left out. */
  private static String bounded(String text) {
    var kept = text.replace("\0", "");
    return kept.length() <= LONGEST ? kept : kept.substring(0, LONGEST);
  }

  private static @Nullable String[] texts(
      List<Answered> answers, Function<Answered, @Nullable String> column) {
    return answers.stream().map(column).toArray(String[]::new);
  }

  record Recorded(UUID id, UUID subscription, String state, String createdAt) {}

  /**
   * How a subscription's deliveries of a round ended.
   *
   * @param since when the first of the dead ones was made
   */
  record Standing(UUID subscription, boolean arrived, int dead, @Nullable String since) {}
}
