package io.junction.common.simulate;

import io.junction.common.limit.Account;
import io.junction.common.limit.Asking;
import io.junction.common.limit.Capacity;
import java.util.List;

/** Owners who share one limit, and how many jobs of theirs run. */
final class Holder {

  private final String name;
  private final Capacity capacity;
  private final Door forPublic = new Door(this);
  private final Door forOthers = new Door(this);
  private int running;
  private int runningPublic;

  Holder(String name, Capacity capacity) {
    this.name = name;
    this.capacity = capacity;
  }

  /** Public jobs may have room where others have none. */
  Door doorOf(Asking job) {
    return job.isPublic() ? forPublic : forOthers;
  }

  List<Door> doors() {
    return List.of(forPublic, forOthers);
  }

  Account account() {
    return capacity.account(name, running, runningPublic);
  }

  void add(Asking job) {
    running++;
    runningPublic += job.isPublic() ? 1 : 0;
  }

  void remove(Asking job) {
    running--;
    runningPublic -= job.isPublic() ? 1 : 0;
  }
}
