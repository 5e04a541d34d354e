package io.junction.dispatcher.limit;

import java.util.HashSet;
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

  private Set<String> owners = new HashSet<>();
  private Set<String> repositories = new HashSet<>();
  private Set<String> groups = new HashSet<>();
  private boolean all;

  /** Names of each kind. */
  record Names(Set<String> owners, Set<String> repositories, Set<String> groups, boolean all) {}

  synchronized void addOwner(String name) {
    add(owners, name);
  }

  synchronized void addRepository(String name) {
    add(repositories, name);
  }

  synchronized void addGroup(String name) {
    add(groups, name);
  }

  synchronized void addAll() {
    all = true;
  }

  synchronized void add(Names names) {
    names.owners().forEach(this::addOwner);
    names.repositories().forEach(this::addRepository);
    names.groups().forEach(this::addGroup);
    all |= names.all();
  }

  synchronized Names take() {
    var taken = new Names(owners, repositories, groups, all);
    owners = new HashSet<>();
    repositories = new HashSet<>();
    groups = new HashSet<>();
    all = false;
    return taken;
  }

  private void add(Set<String> names, String name) {
    if (names.size() < MOST) {
      names.add(name);
    } else {
      all = true;
    }
  }
}
