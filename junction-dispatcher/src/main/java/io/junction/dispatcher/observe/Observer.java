package io.junction.dispatcher.observe;

import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Round;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Feeds the gauges of the queues, those of a queue that is gone disappear, and of the owners. */
@Component
class Observer implements Work {

  private static final Round SEEN = new Seen();

  private final ObserveStatements statements;
  private final OwnerGauges owners;
  private final Duration interval;
  private final MultiGauge depth;
  private final MultiGauge oldestAge;
  private final MultiGauge slotsFree;
  private final MultiGauge assignments;

  Observer(
      ObserveStatements statements,
      OwnerGauges owners,
      DispatcherProperties properties,
      MeterRegistry meters) {
    this.statements = statements;
    this.owners = owners;
    this.interval = properties.observer().poll();
    this.depth = MultiGauge.builder("junction.queue.depth").register(meters);
    this.oldestAge =
        MultiGauge.builder("junction.queue.oldest.age").baseUnit("seconds").register(meters);
    this.slotsFree = MultiGauge.builder("junction.queue.slots.free").register(meters);
    this.assignments = MultiGauge.builder("junction.queue.assignments").register(meters);
  }

  @Override
  public String name() {
    return "observe";
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public Round run(Wake wake) {
    var figures = statements.figures();
    show(depth, figures, QueueFigures::depth);
    show(oldestAge, figures, QueueFigures::oldestAge);
    show(slotsFree, figures, QueueFigures::slotsFree);
    show(assignments, figures, QueueFigures::assignments);
    owners.show();
    return SEEN;
  }

  private static void show(
      MultiGauge gauge, List<QueueFigures> figures, ToDoubleFunction<QueueFigures> figure) {
    gauge.register(
        figures.stream()
            .map(of -> MultiGauge.Row.of(Tags.of("queue", of.queue()), of, figure))
            .toList(),
        true);
  }

  private record Seen() implements Round {

    @Override
    public Map<String, Integer> changes() {
      return Map.of();
    }

    @Override
    public boolean again() {
      return false;
    }
  }
}
