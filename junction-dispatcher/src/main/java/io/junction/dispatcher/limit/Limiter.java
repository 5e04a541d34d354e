package io.junction.dispatcher.limit;

import io.junction.common.hint.Hint;
import io.junction.common.hint.Hints;
import io.junction.common.limit.Account;
import io.junction.common.limit.Asking;
import io.junction.common.limit.LimitLockStatements;
import io.junction.common.limit.LimitPlanner;
import io.junction.common.limit.Worlds;
import io.junction.dispatcher.DispatcherProperties;
import io.junction.dispatcher.loop.Wake;
import io.junction.dispatcher.loop.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets created jobs into their queues as far as the limits allow. Without it, an external scheduler
 * does that.
 *
 * <p>Hints say of whom something has changed, and only those are looked at. A poll begins a walk
 * over all owners whose jobs ask, a chunk in each round, so that nobody waits for a hint that was
 * missed.
 *
 * <p>Concurrency: rounds of all limiters come one after the other, by the limits' lock; what is
 * read after it was taken is what counts until the commit. Failure: a round that fails has let
 * nobody in, and a walk over all owners follows.
 */
@Component
@ConditionalOnBooleanProperty(name = "junction.limiter.enabled", matchIfMissing = true)
class Limiter implements Work {

  /** Owners of one round of a walk at most. */
  private static final int CHUNK = 100;

  /** Jobs of a lane that are read at least. */
  private static final int LEAST_DEPTH = 10;

  private final LimitStatements statements;
  private final LimitLockStatements lock;
  private final Worlds worlds;
  private final Hints hints;
  private final TransactionTemplate transaction;
  private final OwnerLog log;
  private final DispatcherProperties.Limiting properties;
  private final Concerned concerned = new Concerned();
  private final RoundSize size;
  private @Nullable String walkedTo;
  private boolean walkAgain;

  Limiter(
      LimitStatements statements,
      LimitLockStatements lock,
      Worlds worlds,
      Hints hints,
      TransactionTemplate transaction,
      DispatcherProperties properties) {
    this.statements = statements;
    this.lock = lock;
    this.worlds = worlds;
    this.hints = hints;
    this.transaction = transaction;
    this.log = new OwnerLog(worlds);
    this.properties = properties.limiter();
    this.size = new RoundSize(properties.limiter().batch());
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public Duration interval() {
    return properties.poll();
  }

  @Override
  public boolean hears(Hint hint) {
    switch (hint) {
      case Hint.Created created -> concerned.addEverybody();
      case Hint.Limit(var kind, var name) -> {
        switch (kind) {
          case OWNER -> concerned.addOwner(name);
          case REPOSITORY -> concerned.addRepository(name);
          case GROUP -> concerned.addGroup(name);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public LimitRound run(Wake wake) {
    Duration next = null;
    boolean committed = false;
    try {
      boolean everybody = concerned.takeEverybody();
      if (wake == Wake.POLL || everybody) {
        var look = statements.look();
        next = look.next();
        if (!look.ready()) {
          walkedTo = null;
          committed = true;
          return new LimitRound(0, false, next == null, next);
        }
        beginWalk(everybody);
      }
      var places = concerned.takePlaces();
      worlds.ownersWaiting(places.repositories(), places.groups()).forEach(concerned::addOwner);
      var walk = walk();
      var admitted =
          concerned.hasOwners() || !walk.owners().isEmpty()
              ? Objects.requireNonNull(transaction.execute(status -> admit(walk.owners())))
              : Admitted.NOTHING;
      committed = true;
      goOn(walk);
      size.follow(admitted.jobs());
      // Those who had one let in may have more behind it than were read.
      admitted.owners().forEach(concerned::addOwner);
      log.write(admitted.byOwner(), admitted.accounts());
      boolean again = admitted.jobs() > 0 || walkedTo != null || concerned.hasOwners();
      return new LimitRound(admitted.jobs(), again, false, next);
    } finally {
      if (!committed) {
        concerned.addEverybody();
      }
    }
  }

  /** One that is under way is gone on with; who was passed by it already is seen by the next. */
  private void beginWalk(boolean somethingChanged) {
    walkAgain |= walkedTo != null && somethingChanged;
    walkedTo = Objects.requireNonNullElse(walkedTo, "");
  }

  private Walk walk() {
    if (walkedTo == null) {
      return new Walk(List.of(), null);
    }
    int chunk = Math.min(CHUNK, size.owners());
    var owners = new ArrayList<>(worlds.ownersAsking(walkedTo, chunk));
    var last = owners.size() < chunk ? null : owners.getLast();
    if (walkedTo.isEmpty()) {
      owners.add("");
    }
    return new Walk(owners, last);
  }

  private void goOn(Walk walk) {
    walkedTo = walk.next();
    if (walkedTo == null && walkAgain) {
      walkAgain = false;
      walkedTo = "";
    }
  }

  /** Who became concerned while others had the lock is looked at, too, not in a round more. */
  private Admitted admit(List<String> walked) {
    lock.lock();
    var named = concerned.takeOwners(size.owners());
    named.addAll(walked);
    var owners = worlds.ownersSharing(named);
    int depth = Math.max(LEAST_DEPTH, properties.batch() / owners.size());
    var world = worlds.read(owners, depth);
    var plan = LimitPlanner.plan(world);
    if (plan.admitted().isEmpty()) {
      return Admitted.NOTHING;
    }
    var batch = plan.admitted().subList(0, Math.min(plan.admitted().size(), properties.batch()));
    var queues = statements.admit(batch);
    hints.queues(Set.copyOf(queues));
    var letIn = Set.copyOf(batch);
    var byOwner =
        world.asking().stream()
            .filter(job -> letIn.contains(job.id()) && !job.owner().isEmpty())
            .collect(Collectors.groupingBy(Asking::owner, Collectors.summingInt(job -> 1)));
    return new Admitted(queues.size(), owners, byOwner, world.accounts());
  }

  /**
   * A part of a walk.
   *
   * @param next from where it goes on; null when it is over
   */
  private record Walk(List<String> owners, @Nullable String next) {}

  /**
   * What was let in.
   *
   * @param owners those who are to be looked at again
   * @param byOwner how many of whom
   * @param accounts of those who have a limit
   */
  private record Admitted(
      int jobs,
      Collection<String> owners,
      Map<String, Integer> byOwner,
      Map<String, Account> accounts) {

    static final Admitted NOTHING = new Admitted(0, List.of(), Map.of(), Map.of());
  }
}
