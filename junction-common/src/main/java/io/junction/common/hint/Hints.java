package io.junction.common.hint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Sends hints with the commit of the transaction that it is called in; nothing is sent when that
 * rolls back.
 *
 * <p>Concurrency: Postgres folds equal hints of a transaction into one, and takes one lock of the
 * whole database at the commit of each transaction that hints; so callers hint per batch, never per
 * row.
 */
@Component
public class Hints {

  /** 200 ids of 37 characters stay below the 8,000 bytes that a notification carries. */
  private static final int WORKERS_PER_HINT = 200;

  private final HintStatements statements;

  Hints(HintStatements statements) {
    this.statements = statements;
  }

  public void queues(Collection<String> names) {
    if (!names.isEmpty()) {
      statements.notify(HintStatements.QUEUE, List.copyOf(new TreeSet<>(names)));
    }
  }

  /** Where slots became free. */
  public void slots(Collection<String> queues) {
    if (!queues.isEmpty()) {
      statements.notify(HintStatements.SLOT, List.copyOf(new TreeSet<>(queues)));
    }
  }

  /** Of whom jobs ask, or where places became free. */
  public void limits(Collection<Hint.Limit> limits) {
    if (!limits.isEmpty()) {
      statements.notify(
          HintStatements.LIMIT,
          limits.stream().map(Hint.Limit::format).distinct().sorted().toList());
    }
  }

  /** Any job may be let in. */
  public void created() {
    statements.notify(HintStatements.CREATED, List.of(""));
  }

  /** Deliveries may have become due. */
  public void deliveries() {
    statements.notify(HintStatements.DELIVERY, List.of(""));
  }

  public void workers(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return;
    }
    var distinct = List.copyOf(new TreeSet<>(ids));
    var payloads = new ArrayList<String>();
    for (int from = 0; from < distinct.size(); from += WORKERS_PER_HINT) {
      int to = Math.min(distinct.size(), from + WORKERS_PER_HINT);
      payloads.add(Hint.Workers.format(distinct.subList(from, to)));
    }
    statements.notify(HintStatements.WORKERS, payloads);
  }
}
