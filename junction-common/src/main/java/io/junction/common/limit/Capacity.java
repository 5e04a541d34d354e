package io.junction.common.limit;

/**
 * How many jobs of an owner, or of several that share one limit, may run: capacities that add up.
 * What runs is subtracted from them in the order public, boost, configured, plan; only public jobs
 * take from the first.
 *
 * @param ofPublic for public jobs alone; {@link Room#UNLIMITED} for any number
 * @param boost for any job, until its time is over
 * @param configured for any job; {@link Room#UNLIMITED} for any number
 * @param plan for any job; {@link Room#UNLIMITED} for any number
 */
public record Capacity(int ofPublic, int boost, int configured, int plan) {

  /** Of all capacities together; {@link Room#UNLIMITED} when one of them is. */
  public int max() {
    return ofPublic == Room.UNLIMITED || isUnlimited() ? Room.UNLIMITED : ofPublic + ofAll();
  }

  boolean isUnlimited() {
    return configured == Room.UNLIMITED || plan == Room.UNLIMITED;
  }

  private int ofAll() {
    return Math.addExact(Math.addExact(boost, configured), plan);
  }

  /** What is left of it while these run. */
  public Account account(String name, int running, int runningPublic) {
    return new Account(name, this, running, runningPublic);
  }

  int freeForPublic(int runningPublic) {
    return ofPublic == Room.UNLIMITED ? Integer.MAX_VALUE : Math.max(0, ofPublic - runningPublic);
  }

  int freeForAll(int running, int runningPublic) {
    if (isUnlimited()) {
      return Integer.MAX_VALUE;
    }
    int absorbed = ofPublic == Room.UNLIMITED ? runningPublic : Math.min(ofPublic, runningPublic);
    return Math.max(0, ofAll() - (running - absorbed));
  }
}
