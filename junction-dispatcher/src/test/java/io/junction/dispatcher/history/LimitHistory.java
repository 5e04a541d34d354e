package io.junction.dispatcher.history;

import io.junction.common.limit.Binding;
import io.junction.common.limit.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replays who was let in, whose place became free, and what the limits were, and finds each commit
 * that left more running than it might.
 *
 * <p>Admissions are judged one transaction after the other, in the order of their snapshots. An end
 * counts for one only if its snapshot sees it: so the end had committed before, whoever looks, and
 * an admission that merely happened to commit after it is no excuse. A limit is in force for an
 * admission that sees its change; one that was changed meanwhile must hold by both. A limit that is
 * lowered ends nothing, so what is judged is who is let in: never while more runs than may.
 */
final class LimitHistory {

  private static final int MOST_TOLD = 20;

  private final Map<Long, Claim> claims;
  private final Map<Limit, List<Change>> changes;
  private final Map<Limit, Tally> tallies = new HashMap<>();
  private final Map<Binding.Kind, Fullest> fullest = new EnumMap<>(Binding.Kind.class);
  private final List<String> excesses = new ArrayList<>();
  private int excessCount;
  private int judged;

  private LimitHistory(Map<Long, Claim> claims, List<Change> changes) {
    this.claims = claims;
    this.changes =
        changes.stream()
            .sorted(Comparator.comparingLong(change -> change.seen().placeOf(change.tx())))
            .collect(Collectors.groupingBy(Change::limit));
  }

  /** What is limited: owners that share a limit are one. */
  record Limit(Binding.Kind kind, String name) {}

  /** What a job counts for while it runs. */
  record Claim(List<Limit> limits, boolean isPublic) {}

  /** A transaction that let jobs in. */
  record Admission(long tx, Snapshot seen, Instant at, List<Long> jobs) {}

  /** A job that no longer runs. */
  record End(long tx, long job) {}

  /**
   * A limit as it is from this transaction on.
   *
   * @param ofPublic for public jobs alone
   * @param max for any job; -1 for any number
   * @param boost for any job, until its time is over
   */
  record Change(
      long tx,
      Snapshot seen,
      Limit limit,
      int ofPublic,
      int max,
      int boost,
      @Nullable Instant boostUntil) {

    /** Of the beginning, before anybody looked. */
    static Change first(Limit limit, int ofPublic, int max) {
      return new Change(0, Snapshot.parse("1:1:"), limit, ofPublic, max, 0, null);
    }

    int maxAt(Instant at) {
      return max + (boostUntil != null && at.isBefore(boostUntil) ? boost : 0);
    }

    /** Whether this is more than it allows, when such a job was the last to be let in. */
    boolean isExceededBy(Tally tally, boolean publicOnly, Instant at) {
      if (max == Room.UNLIMITED || (publicOnly && tally.ofPublic <= ofPublic)) {
        return false;
      }
      return tally.running - Math.min(tally.ofPublic, ofPublic) > maxAt(at);
    }
  }

  /** What it came to. */
  record Evidence(
      int jobs,
      Map<Binding.Kind, Long> limits,
      int transactions,
      int admissions,
      int ends,
      int changes,
      int judged,
      Map<Binding.Kind, Fullest> fullest,
      int excessCount,
      List<String> excesses) {}

  /**
   * How near a kind of limit came to be exceeded.
   *
   * @param most the most that ran of one, and its limit then
   * @param filled how many admissions filled one to its last place
   */
  record Fullest(int most, int max, int filled) {

    Fullest and(int running, int allowed) {
      int full = filled + (running == allowed ? 1 : 0);
      return running > most ? new Fullest(running, allowed, full) : new Fullest(most, max, full);
    }

    @Override
    public String toString() {
      return most + " of " + max + ", filled " + filled + " times";
    }
  }

  static final class Tally {
    private int running;
    private int ofPublic;

    private void count(Claim claim, int more) {
      running += more;
      ofPublic += claim.isPublic() ? more : 0;
    }
  }

  static Evidence judge(
      Map<Long, Claim> claims, List<Admission> admissions, List<End> ends, List<Change> changes) {
    var history = new LimitHistory(claims, changes);
    history.replay(admissions, ends);
    return new Evidence(
        claims.size(),
        new TreeMap<>(
            history.tallies.keySet().stream()
                .collect(Collectors.groupingBy(Limit::kind, Collectors.counting()))),
        admissions.size(),
        admissions.stream().mapToInt(admission -> admission.jobs().size()).sum(),
        ends.size(),
        (int) changes.stream().filter(change -> change.tx() > 0).count(),
        history.judged,
        history.fullest,
        history.excessCount,
        history.excesses);
  }

  private void replay(List<Admission> admissions, List<End> ends) {
    var coming = ends.stream().sorted(Comparator.comparingLong(End::tx)).iterator();
    var pending = new HashSet<End>();
    var next = coming.hasNext() ? coming.next() : null;
    var inOrder =
        admissions.stream()
            .sorted(Comparator.comparingLong(a -> a.seen().placeOf(a.tx())))
            .toList();
    for (var admission : inOrder) {
      while (next != null && next.tx() < admission.seen().end()) {
        pending.add(next);
        next = coming.hasNext() ? coming.next() : null;
      }
      var seen = admission.seen();
      var over = pending.stream().filter(end -> seen.sees(end.tx())).toList();
      over.forEach(end -> count(end.job(), -1));
      over.forEach(pending::remove);
      admission.jobs().forEach(job -> count(job, 1));
      judge(admission);
    }
  }

  private void count(long job, int more) {
    var claim = claimOf(job);
    claim.limits().forEach(limit -> tallyOf(limit).count(claim, more));
  }

  private void judge(Admission admission) {
    var publicOnly = new HashMap<Limit, Boolean>();
    for (long job : admission.jobs()) {
      var claim = claimOf(job);
      claim
          .limits()
          .forEach(limit -> publicOnly.merge(limit, claim.isPublic(), Boolean::logicalAnd));
    }
    publicOnly.forEach((limit, only) -> judge(admission, limit, only));
  }

  private void judge(Admission admission, Limit limit, boolean publicOnly) {
    var tally = tallyOf(limit);
    inForce(admission, limit)
        .forEach(
            change -> {
              judged++;
              if (change.max() != Room.UNLIMITED) {
                fullest.merge(
                    limit.kind(),
                    new Fullest(0, 0, 0).and(tally.running, maxOf(change, admission)),
                    (all, one) -> all.and(tally.running, maxOf(change, admission)));
              }
              if (change.isExceededBy(tally, publicOnly, admission.at())) {
                excess(admission, change, tally);
              }
            });
  }

  private void excess(Admission admission, Change change, Tally tally) {
    excessCount++;
    if (excesses.size() < MOST_TOLD) {
      excesses.add(
          "transaction %d left %d of %s %s running (%d public), where %d might (and %d public)"
              .formatted(
                  admission.tx(),
                  tally.running,
                  change.limit().kind(),
                  change.limit().name(),
                  tally.ofPublic,
                  change.maxAt(admission.at()),
                  change.ofPublic()));
    }
  }

  private static int maxOf(Change change, Admission admission) {
    return change.maxAt(admission.at()) + change.ofPublic();
  }

  /** The last one that it sees, and those that were made at the same time. */
  private Stream<Change> inForce(Admission admission, Limit limit) {
    var all = changes.getOrDefault(limit, List.of());
    var last =
        all.stream()
            .filter(change -> admission.seen().sees(change.tx()))
            .reduce((earlier, later) -> later);
    var meanwhile =
        all.stream()
            .filter(change -> !admission.seen().sees(change.tx()))
            .filter(change -> !change.seen().sees(admission.tx()));
    return Stream.concat(last.stream(), meanwhile);
  }

  private Claim claimOf(long job) {
    return Objects.requireNonNull(claims.get(job));
  }

  private Tally tallyOf(Limit limit) {
    return tallies.computeIfAbsent(limit, _ -> new Tally());
  }
}
