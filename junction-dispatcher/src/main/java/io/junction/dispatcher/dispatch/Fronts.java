package io.junction.dispatcher.dispatch;

import io.junction.common.plan.QueueSnapshot;
import io.junction.common.turn.TurnProperties;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who is served next: by the line alone, or owners in turn. */
@Component
class Fronts {

  private final DispatchStatements lines;
  private final FairFronts turns;
  private final TurnProperties properties;

  Fronts(DispatchStatements lines, FairFronts turns, TurnProperties properties) {
    this.lines = lines;
    this.turns = turns;
    this.properties = properties;
  }

  /**
   * The jobs to place, locked; {@code batch} at most.
   *
   * @param starts where the queues' lines begin
   */
  Front front(List<QueueSnapshot> queues, Collection<LineStart> starts, int batch) {
    return switch (properties.fairness()) {
      case FIFO -> new Front(lines.front(queues, starts, batch), Set.of());
      case OWNER -> turns.front(queues, starts, batch);
    };
  }
}
