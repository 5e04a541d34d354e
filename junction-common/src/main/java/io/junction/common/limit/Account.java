package io.junction.common.limit;

/** Who shares one limit, and what runs of theirs. Counts up as jobs are let in. */
public final class Account {

  private final String name;
  private final Capacity capacity;
  private final int runningBefore;
  private int running;
  private int freeForPublic;
  private int freeForAll;

  Account(String name, Capacity capacity, int running, int runningPublic) {
    this.name = name;
    this.capacity = capacity;
    this.runningBefore = running;
    this.running = running;
    this.freeForPublic = capacity.freeForPublic(runningPublic);
    this.freeForAll = capacity.freeForAll(running, runningPublic);
  }

  /** How many ran before anything was let in. */
  public int runningBefore() {
    return runningBefore;
  }

  /** Of all capacities together. */
  public int max() {
    return capacity.max();
  }

  /** How many may be let in at most, if they are public. */
  int free() {
    return (int) Math.min(Integer.MAX_VALUE, (long) freeForAll + freeForPublic);
  }

  boolean isFullFor(Asking job) {
    return freeForAll == 0 && !(job.isPublic() && freeForPublic > 0);
  }

  void add(Asking job) {
    running++;
    if (job.isPublic() && freeForPublic > 0) {
      freeForPublic--;
    } else {
      freeForAll--;
    }
  }

  Binding binding() {
    return new Binding(Binding.Kind.OWNER, name, running, capacity.max());
  }
}
