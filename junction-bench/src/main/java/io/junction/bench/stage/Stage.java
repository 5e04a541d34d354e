package io.junction.bench.stage;

import io.junction.bench.house.Daemon;
import io.junction.bench.house.House;
import io.junction.bench.measure.Meter;
import io.junction.bench.report.Progress;
import io.junction.bench.report.Result;
import java.util.ArrayList;
import java.util.List;

/** What a scenario works with. */
public final class Stage {

  private final House house;
  private final Size size;
  private final Progress progress;
  private final Meter meter;
  private final Backdrop backdrop;
  private final OwnedJobs owned;
  private final Ceilings ceilings;
  private final List<Result> results = new ArrayList<>();
  private List<Daemon> warm = List.of();

  public Stage(House house, Size size, Progress progress) {
    this.house = house;
    this.size = size;
    this.progress = progress;
    this.meter = new Meter(house);
    this.backdrop = new Backdrop(house.database().jdbc());
    this.owned = new OwnedJobs(house.database().jdbc());
    this.ceilings = new Ceilings(this);
  }

  public House house() {
    return house;
  }

  public Size size() {
    return size;
  }

  public Meter meter() {
    return meter;
  }

  /** The jobs that stand in the database when a measurement begins. */
  public Backdrop backdrop() {
    return backdrop;
  }

  /** Those of them that have owners, and the owners. */
  public OwnedJobs owned() {
    return owned;
  }

  /** What the results are held against. */
  public Ceilings ceilings() {
    return ceilings;
  }

  /** Ends the API, so that only the dispatcher is counted; a brief run does not care. */
  public void withoutApi() {
    if (size == Size.FULL) {
      house.stopApi();
    }
  }

  /** Ends the dispatcher, which would have a hand in it; a brief run does not care. */
  public void withoutDispatcher() {
    if (size == Size.FULL) {
      house.stopDispatcher();
    }
  }

  /** Whether these daemons have not been warmed yet; asking counts as doing it. */
  public boolean warms(Daemon api, Daemon dispatcher) {
    var running = List.of(api, dispatcher);
    boolean cold = !warm.equals(running);
    warm = running;
    return cold;
  }

  public void say(String step) {
    progress.say(step);
  }

  public void add(Result result) {
    results.add(result);
    progress.show(result);
  }

  /** All that was added so far. */
  public List<Result> results() {
    return List.copyOf(results);
  }
}
