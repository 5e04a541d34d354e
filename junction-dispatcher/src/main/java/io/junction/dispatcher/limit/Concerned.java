package io.junction.dispatcher.limit;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Of whom something has changed since he was looked at: a job that asks, or a place that became
 * free.
 *
 * <p>Concurrency: what is added after it was taken stays for the next round.
 */
final class Concerned {

  /** More than this are left to a walk over all. */
  private static final int MOST = 1_000;

  private final Set<String> owners = new LinkedHashSet<>();
  private Set<String> repositories = new HashSet<>();
  private Set<String> groups = new HashSet<>();
  private boolean everybody;

  /** Where a place became free. */
  record Places(Set<String> repositories, Set<String> groups) {}

  synchronized void addOwner(String name) {
    add(owners, name);
  }

  synchronized void addRepository(String name) {
    add(repositories, name);
  }

  synchronized void addGroup(String name) {
    add(groups, name);
  }

  synchronized void addEverybody() {
    everybody = true;
  }

  synchronized boolean takeEverybody() {
    boolean taken = everybody;
    everybody = false;
    return taken;
  }

  synchronized Places takePlaces() {
    var taken = new Places(repositories, groups);
    repositories = new HashSet<>();
    groups = new HashSet<>();
    return taken;
  }

  /** Those who have waited longest for a look, so many at most; the others stay. */
  synchronized Set<String> takeOwners(int most) {
    var taken = new LinkedHashSet<String>();
    for (var name = owners.iterator(); name.hasNext() && taken.size() < most; name.remove()) {
      taken.add(name.next());
    }
    return taken;
  }

  synchronized boolean hasOwners() {
    return !owners.isEmpty();
  }

  private void add(Set<String> names, String name) {
    if (names.size() < MOST) {
      names.add(name);
    } else {
      everybody = true;
    }
  }
}
