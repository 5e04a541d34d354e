package io.junction.dispatcher.observe;

import io.junction.common.limit.OwnerStanding;
import io.junction.common.limit.Worlds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Feeds the gauges of the owners whose jobs ask to be queued, the first of them by name. */
@Component
class OwnerGauges {

  /** Each is a series of its own. */
  private static final int MOST = 1_000;

  private final Worlds worlds;
  private final MultiGauge total;
  private final MultiGauge running;
  private final MultiGauge max;
  private final MultiGauge queueable;

  OwnerGauges(Worlds worlds, MeterRegistry meters) {
    this.worlds = worlds;
    this.total = MultiGauge.builder("junction.owner.total").register(meters);
    this.running = MultiGauge.builder("junction.owner.running").register(meters);
    this.max = MultiGauge.builder("junction.owner.max").register(meters);
    this.queueable = MultiGauge.builder("junction.owner.queueable").register(meters);
  }

  void show() {
    var names = worlds.ownersAsking("", MOST);
    var standings = names.isEmpty() ? List.<OwnerStanding>of() : worlds.standings(names);
    show(total, standings, OwnerStanding::asking);
    show(running, standings, OwnerStanding::running);
    show(max, standings, OwnerStanding::max);
    show(queueable, standings, OwnerStanding::queueable);
  }

  private static void show(
      MultiGauge gauge, List<OwnerStanding> standings, ToDoubleFunction<OwnerStanding> figure) {
    gauge.register(
        standings.stream()
            .map(of -> MultiGauge.Row.of(Tags.of("owner", of.name()), of, figure))
            .toList(),
        true);
  }
}
