package io.junction.dispatcher.dispatch;

import io.junction.common.plan.QueuedJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What serving owners in turn reads and writes, under the queues' locks. */
@Component
class TurnStatements {

  /**
   * The fronts of owners' lines, each from where the queue's whole line begins. The inner limit is
   * a constant for the sake of the planner; only rows that are pulled are locked.
   */
  static final String FRONTS =
      """
      SELECT mark.number, front.id, front.attempt
      FROM unnest(
          :queues::text[], :owners::text[], :ranks::integer[], :since::timestamptz[],
          :ids::bigint[], :most::integer[]
        ) WITH ORDINALITY AS mark(queue, owner, rank, queued_at, id, most, number)
      CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT j.id, j.attempt FROM jobs j
          WHERE j.in_line AND j.queue <> '' AND j.queue = mark.queue
            AND coalesce(j.owner, '') = mark.owner
            AND (-j.priority, j.queued_at, j.id) >= (mark.rank, mark.queued_at, mark.id)
          ORDER BY -j.priority, j.queued_at, j.id
          LIMIT 1000 FOR UPDATE SKIP LOCKED) AS line
        LIMIT mark.most) AS front
      LIMIT :batch
      """;

  /** A new row for each who was served, in place of the one that he had. */
  static final String TURNED =
      """
      WITH served AS MATERIALIZED (
        SELECT * FROM unnest(
            :queues::text[], :owners::text[], :before::bigint[], :passes::bigint[],
            :clocks::bigint[]
          ) AS served(queue, owner, before, pass, clock)
      ), gone AS (
        DELETE FROM queue_turns t USING served s
        WHERE t.queue = ANY (ARRAY[s.queue]) AND t.owner = ANY (ARRAY[s.owner])
          AND t.pass = ANY (ARRAY[s.before])
      )
      INSERT INTO queue_turns (queue, owner, pass, clock)
      SELECT queue, owner, pass, clock FROM served
      """;

  private final JdbcClient jdbc;

  TurnStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The jobs for each of what is asked, locked, in the order of its line; so many at most. */
  List<List<QueuedJob>> fronts(List<FairLine.Ask> asks, int batch) {
    var found = Stream.generate(ArrayList<QueuedJob>::new).limit(asks.size()).toList();
    jdbc.sql(FRONTS)
        .param("queues", asks.stream().map(ask -> ask.start().queue()).toArray(String[]::new))
        .param("owners", asks.stream().map(FairLine.Ask::owner).toArray(String[]::new))
        .param("ranks", asks.stream().map(ask -> ask.start().rank()).toArray(Integer[]::new))
        .param("since", asks.stream().map(ask -> ask.start().queuedAt()).toArray(String[]::new))
        .param("ids", asks.stream().map(ask -> ask.start().job()).toArray(Long[]::new))
        .param("most", asks.stream().map(FairLine.Ask::jobs).toArray(Integer[]::new))
        .param("batch", batch)
        .query(
            row -> {
              found
                  .get(row.getInt("number") - 1)
                  .add(new QueuedJob(row.getLong("id"), row.getInt("attempt")));
            });
    return List.copyOf(found);
  }

  void turned(Collection<FairLine.Served> lines) {
    var rows = lines.stream().flatMap(TurnStatements::rows).toList();
    jdbc.sql(TURNED)
        .param("queues", rows.stream().map(Row::queue).toArray(String[]::new))
        .param("owners", rows.stream().map(Row::owner).toArray(String[]::new))
        .param("before", rows.stream().map(Row::before).toArray(Long[]::new))
        .param("passes", rows.stream().map(Row::pass).toArray(Long[]::new))
        .param("clocks", rows.stream().map(Row::clock).toArray(Long[]::new))
        .update();
  }

  private static Stream<Row> rows(FairLine.Served line) {
    return line.deal().passes().entrySet().stream()
        .map(
            pass ->
                new Row(
                    line.queue(),
                    pass.getKey(),
                    line.before().getOrDefault(pass.getKey(), 0L),
                    pass.getValue(),
                    line.deal().clock()));
  }

  private record Row(String queue, String owner, long before, long pass, long clock) {}
}
