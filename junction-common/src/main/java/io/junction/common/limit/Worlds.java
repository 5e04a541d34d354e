package io.junction.common.limit;

import io.junction.common.limit.WorldStatements.Running;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what a round of limiting decides by.
 *
 * <p>Invariant: whoever decides by it holds the limits' lock, {@link LimitLockStatements}, from
 * before it is read until the decision is committed: only a round lets jobs in, so what is counted
 * can only become less meanwhile.
 */
@Component
public class Worlds {

  /** Who wants a place that one of so many owners wants is not looked for any more. */
  private static final int MOST_OWNERS = 1_000;

  private final AskingStatements asking;
  private final WorldStatements statements;
  private final LimitProperties properties;

  Worlds(AskingStatements asking, WorldStatements statements, LimitProperties properties) {
    this.asking = asking;
    this.statements = statements;
    this.properties = properties;
  }

  /** Whose jobs ask, from behind this name on; an owner has one, jobs of none have "". */
  public List<String> ownersAsking(String after, int chunk) {
    return asking.ownersAsking(after, chunk);
  }

  /** Whose jobs wait for places of these. */
  public Set<String> ownersWaiting(Collection<String> repositories, Collection<String> groups) {
    var waiting = new HashSet<>(asking.waitingInRepository(repositories));
    waiting.addAll(asking.waitingInGroup(groups));
    return waiting;
  }

  /** These, and those who share a limit with one of them. */
  public Set<String> ownersSharing(Collection<String> owners) {
    var sharing = new HashSet<>(owners);
    sharing.addAll(statements.sharing(owners));
    return sharing;
  }

  /**
   * The jobs of these owners that ask, and whatever could bind them. Where one wants a place of a
   * repository or of a concurrency group, those of others who want it are among them, since one of
   * them may go first; and so on. Of an owner whose limit is reached none is read, whatever asks.
   *
   * @param depth how many of each lane at most
   */
  public World read(Collection<String> owners, int depth) {
    return read(owners, List.of(), depth);
  }

  /** The world of a job that asks: by it is decided about the job, though it need not be read. */
  public World around(Asking job, int depth) {
    return read(ownersSharing(List.of(job.owner())), List.of(job), depth);
  }

  /** How many jobs of those who share its owner's limit stand before it, so far at most. */
  public int ahead(Asking job, int most) {
    return asking.ahead(ownersSharing(List.of(job.owner())), job, most);
  }

  private World read(Collection<String> owners, List<Asking> others, int depth) {
    Collection<String> whose = owners;
    while (true) {
      var accounts = accounts(whose);
      var jobs = asking(whose, accounts, depth);
      var all = Stream.concat(jobs.stream(), others.stream()).toList();
      var groups = names(all, Asking::group);
      var named = names(all, Asking::repository);
      var repositories = named.isEmpty() ? Map.<String, Room>of() : statements.repositories(named);
      var free = free(repositories);
      var rivals = free.isEmpty() && groups.isEmpty() ? whose : withRivals(whose, free, groups);
      if (rivals.size() == whose.size() || whose.size() > MOST_OWNERS) {
        var asked = names(all, Asking::owner);
        return new World(
            jobs,
            accounts,
            repositories,
            asked.isEmpty() ? Map.of() : statements.queues(asked),
            groups.isEmpty() ? Map.of() : statements.groups(groups));
      }
      whose = rivals;
    }
  }

  private Set<String> withRivals(
      Collection<String> owners, Collection<String> repositories, Collection<String> groups) {
    var all = ownersWaiting(repositories, groups);
    all.addAll(owners);
    return ownersSharing(all);
  }

  private static List<String> free(Map<String, Room> repositories) {
    return repositories.entrySet().stream()
        .filter(entry -> !entry.getValue().isFull())
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Asking> asking(Collection<String> owners, Map<String, Account> accounts, int depth) {
    var depths = new HashMap<String, Integer>();
    for (var owner : owners) {
      var account = accounts.get(owner);
      int most = account == null ? depth : Math.min(depth, account.free());
      if (most > 0) {
        depths.put(owner, most);
      }
    }
    return depths.isEmpty() ? List.of() : asking.asking(depths);
  }

  /** How many jobs of each of these owners ask, counted so far at most. */
  public Map<String, Integer> totals(Collection<String> owners, int most) {
    return asking.counts(owners, most).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().asking()));
  }

  /** How these owners stand, in their order. Nothing is decided by it, so it needs no lock. */
  public List<OwnerStanding> standings(List<String> owners) {
    var members = new HashSet<>(owners);
    members.addAll(statements.sharing(owners));
    var limits = limitsOf(members);
    var running = statements.running(members);
    var waiting = asking.counts(owners, OwnerStanding.MOST_ASKING);
    return owners.stream()
        .map(
            name -> {
              var head = limits.headOf(name);
              var sharing = members.stream().filter(m -> limits.headOf(m).equals(head)).toList();
              var counts = Objects.requireNonNull(waiting.get(name));
              return new OwnerStanding(
                  name,
                  counts.asking(),
                  sharing.stream()
                      .mapToInt(m -> Objects.requireNonNull(running.get(m)).running())
                      .sum(),
                  limits.capacityOf(sharing).max(),
                  counts.since());
            })
        .toList();
  }

  /** What is set for these, and for all who share a limit with one of them. */
  public Limits limits(Collection<String> owners, Collection<String> repositories) {
    var members = new HashSet<>(owners);
    members.addAll(statements.sharing(owners));
    return new Limits(
        properties,
        statements.limits(members),
        statements.queueLimits(owners),
        statements.repositoryLimits(repositories));
  }

  /** By owner; those without any limit have none. */
  private Map<String, Account> accounts(Collection<String> owners) {
    var members = new HashSet<>(owners);
    members.remove("");
    if (members.isEmpty()) {
      return Map.of();
    }
    members.addAll(statements.sharing(members));
    var limits = limitsOf(members);
    var byHead = members.stream().collect(Collectors.groupingBy(limits::headOf));
    var finite = new HashMap<String, Capacity>();
    byHead.forEach(
        (head, names) -> {
          var capacity = limits.capacityOf(names);
          if (!capacity.isUnlimited()) {
            finite.put(head, capacity);
          }
        });
    if (finite.isEmpty()) {
      return Map.of();
    }
    var counted = new ArrayList<String>();
    finite.keySet().forEach(head -> counted.addAll(Objects.requireNonNull(byHead.get(head))));
    var running = statements.running(counted);
    var accounts = new HashMap<String, Account>();
    finite.forEach(
        (head, capacity) -> {
          var names = Objects.requireNonNull(byHead.get(head));
          var runs = names.stream().map(running::get).filter(Objects::nonNull).toList();
          var account =
              capacity.account(
                  head,
                  runs.stream().mapToInt(Running::running).sum(),
                  runs.stream().mapToInt(Running::ofPublic).sum());
          names.forEach(name -> accounts.put(name, account));
        });
    return accounts;
  }

  private Limits limitsOf(Collection<String> owners) {
    return new Limits(properties, statements.limits(owners), Map.of(), Map.of());
  }

  private static Set<String> names(List<Asking> asking, Function<Asking, @Nullable String> name) {
    return asking.stream()
        .flatMap(job -> Stream.ofNullable(name.apply(job)))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
