package io.junction.dispatcher.dispatch;

import io.junction.dispatcher.DispatcherCopy;
import io.junction.dispatcher.Rows;
import io.junction.dispatcher.loop.Wake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Queues in which owners wait, and whose jobs were placed. */
final class Owners {

  static final Map<String, String> FAIR = Map.of("junction.dispatch.fairness", "owner");

  private final Rows rows;

  Owners(Rows rows) {
    this.rows = rows;
  }

  /** Queued one after the other, the first so many minutes ago; "" for jobs of nobody. */
  void jobs(String queue, String owner, int count, int minutes) {
    rows.run(
        """
        INSERT INTO junction.jobs (queue, state, owner, queued_at)
        SELECT ?, 'queued', nullif(?, ''), now() - ? * interval '1 min' + n * interval '1 ms'
        FROM generate_series(1, ?) AS n
        """,
        queue,
        owner,
        minutes,
        count);
  }

  void weight(String owner, int weight) {
    rows.run("INSERT INTO junction.owners (name, weight) VALUES (?, ?)", owner, weight);
  }

  /** The queue has one slot more for each round; returns whose each was, in their order. */
  List<String> oneByOne(String queue, int slots, DispatcherCopy... copies) {
    var order = new ArrayList<String>();
    for (int slot = 0; slot < slots; slot++) {
      rows.queue(queue, (int) placed(queue) + 1);
      copies[slot % copies.length].get(Dispatcher.class).run(Wake.POLL);
      order.add(
          rows.text(
              """
              SELECT coalesce(owner, '') FROM junction.assignments
              WHERE queue = ? ORDER BY number DESC LIMIT 1
              """,
              queue));
    }
    return order;
  }

  /** The queue has so many slots more for one round; returns how many each owner got. */
  Map<String, Long> atOnce(String queue, int slots, DispatcherCopy copy) {
    long before = placed(queue);
    rows.queue(queue, (int) before + slots);
    copy.get(Dispatcher.class).run(Wake.POLL);
    return counted(
        rows.texts(
            """
            SELECT coalesce(owner, '') FROM junction.assignments
            WHERE queue = ? ORDER BY number OFFSET ?
            """,
            queue,
            before));
  }

  long placed(String queue) {
    return rows.number("SELECT count(*) FROM junction.assignments WHERE queue = ?", queue);
  }

  static Map<String, Long> counted(List<String> order) {
    return order.stream().collect(Collectors.groupingBy(owner -> owner, Collectors.counting()));
  }
}
