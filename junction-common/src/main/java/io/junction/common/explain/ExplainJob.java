package io.junction.common.explain;

import io.junction.common.explain.Explanation.Estimate;
import io.junction.common.explain.Explanation.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says why a job is where it is.
 *
 * <p>Concurrency: all of it is read in one snapshot; by the time it is read, it may have changed.
 */
@Component
public class ExplainJob {

  private final JobFactStatements facts;
  private final CreatedReasons created;
  private final LineStatements lines;
  private final Places places;
  private final PaceStatements paces;
  private final TransactionTemplate snapshot;

  ExplainJob(
      JobFactStatements facts,
      CreatedReasons created,
      LineStatements lines,
      Places places,
      PaceStatements paces,
      TransactionTemplate transaction) {
    this.facts = facts;
    this.created = created;
    this.lines = lines;
    this.places = places;
    this.paces = paces;
    this.snapshot =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** Empty when there is no such job. */
  public Optional<Explanation> explain(long id) {
    return Objects.requireNonNull(snapshot.execute(status -> facts.job(id).map(this::explanation)));
  }

  private Explanation explanation(JobFacts job) {
    var attempt = job.attempt();
    return switch (job.state()) {
      case PASSED, FAILED, ERRORED, CANCELED -> of(job, RunningReasons.ended(job), null, null, "");
      case RECEIVED, STARTED -> of(job, underWay(job), null, null, "");
      case QUEUED -> attempt == null ? inLine(job) : of(job, underWay(job), null, null, "");
      case CREATED -> asking(job);
    };
  }

  private static List<Reason> underWay(JobFacts job) {
    return RunningReasons.underWay(job, Objects.requireNonNull(job.attempt()));
  }

  private Explanation inLine(JobFacts job) {
    var name = Objects.requireNonNull(job.queue());
    int ahead = places.inQueue(job);
    var reasons = QueuedReasons.of(lines.queue(name), ahead);
    return of(
        job,
        reasons,
        Place.behind("queue " + name, ahead),
        estimate(reasons, ahead, "the queue " + name, name, null, null),
        "the next round of the dispatcher gives it to a worker");
  }

  private Explanation asking(JobFacts job) {
    var next = "the next round of the limiter lets it into its queue";
    if (job.queue() == null) {
      return of(job, List.of(), null, null, "the rules choose its queue in their next round");
    }
    var reasons = created.of(job);
    var kinds = reasons.stream().map(Reason::kind).collect(Collectors.toSet());
    if (kinds.equals(Set.of(Reason.Kind.CONCURRENCY_GROUP)) && job.group() != null) {
      int ahead = places.inGroup(job.group(), job);
      return of(job, reasons, Place.behind("concurrency group " + job.group(), ahead), null, next);
    }
    var owner = job.owner();
    int ahead = places.ofOwner(job);
    var line = owner == null ? "jobs without an owner" : "owner " + owner;
    return of(job, reasons, Place.behind(line, ahead), paceOf(job, reasons, ahead), next);
  }

  /** By the pace of whatever is scarce: the repository, the owner, or the queue. */
  private @Nullable Estimate paceOf(JobFacts job, List<Reason> reasons, int ahead) {
    var kinds = reasons.stream().map(Reason::kind).collect(Collectors.toSet());
    var repository = job.repository();
    if (kinds.contains(Reason.Kind.CONCURRENCY_GROUP)) {
      return null; // no event tells of a group
    }
    if (repository != null && kinds.contains(Reason.Kind.REPOSITORY_LIMIT)) {
      return estimate(reasons, ahead, "the repository " + repository, null, null, repository);
    }
    return job.owner() == null
        ? estimate(reasons, ahead, "the queue " + job.queue(), job.queue(), null, null)
        : estimate(reasons, ahead, job.owner(), null, job.owner(), null);
  }

  private @Nullable Estimate estimate(
      List<Reason> reasons,
      int ahead,
      String whose,
      @Nullable String queue,
      @Nullable String owner,
      @Nullable String repository) {
    boolean waits = !reasons.isEmpty() && reasons.stream().allMatch(r -> r.kind().isACrowd());
    return waits && ahead <= Place.MOST
        ? paces.of(queue, owner, repository).map(pace -> pace.estimate(whose, ahead)).orElse(null)
        : null;
  }

  private static Explanation of(
      JobFacts job,
      List<Reason> reasons,
      @Nullable Place place,
      @Nullable Estimate estimate,
      String next) {
    var summary =
        reasons.isEmpty()
            ? "next: " + next
            : reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
    return new Explanation(job.id(), job.state(), summary, reasons, place, estimate);
  }
}
