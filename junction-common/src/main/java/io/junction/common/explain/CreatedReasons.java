package io.junction.common.explain;

import io.junction.common.explain.Reason.Kind;
import io.junction.common.limit.Asking;
import io.junction.common.limit.Binding;
import io.junction.common.limit.LimitPlanner;
import io.junction.common.limit.Worlds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Why a created job is not let into its queue; nothing if it is about to be. */
@Component
class CreatedReasons {

  /** Of each lane, as many as a round of the limiter reads. */
  private static final int DEPTH = 1_000;

  private final Worlds worlds;
  private final JobFactStatements facts;
  private final HolderStatements holders;

  CreatedReasons(Worlds worlds, JobFactStatements facts, HolderStatements holders) {
    this.worlds = worlds;
    this.facts = facts;
    this.holders = holders;
  }

  List<Reason> of(JobFacts job) {
    var reasons = new ArrayList<Reason>();
    if (job.behind()) {
      reasons.add(stage(job));
    }
    var held = job.heldMs();
    if (held != null) {
      reasons.add(
          Reason.of(
                  Kind.HELD,
                  "held for "
                      + Spans.of(held)
                      + ", until the lease of its last worker has surely ended")
              .until(held));
    }
    var asking = job.asking();
    var world = worlds.around(asking, DEPTH);
    world.bindings(asking).forEach(binding -> reasons.add(limit(asking, binding)));
    if (reasons.isEmpty()) {
      var plan = LimitPlanner.plan(world);
      if (!plan.admitted().contains(job.id())) {
        reasons.add(line(asking, world.bindings(asking)));
      }
    }
    return reasons;
  }

  private Reason stage(JobFacts job) {
    var stage = Optional.ofNullable(job.stage()).flatMap(facts::stage);
    return stage
        .map(CreatedReasons::stage)
        .orElseGet(() -> Reason.of(Kind.STAGE, "a stage before its own has not ended"));
  }

  private static Reason stage(JobFactStatements.StageFacts stage) {
    var text =
        "stage %d of %d waits for %s of stage %d"
            .formatted(
                stage.number(), stage.ofAll(), Words.count(stage.left(), "job"), stage.first());
    return Reason.of(Kind.STAGE, text).counted(stage.left()).heldBy(stage.jobs());
  }

  private Reason limit(Asking job, Binding binding) {
    var runs = " runs " + binding.running() + " of " + binding.max();
    var name = binding.name();
    var reason =
        switch (binding.kind()) {
          case OWNER ->
              Reason.of(Kind.OWNER_LIMIT, name + runs)
                  .heldBy(holders.ofOwners(worlds.ownersSharing(List.of(job.owner()))));
          case REPOSITORY ->
              Reason.of(Kind.REPOSITORY_LIMIT, "the repository " + name + runs)
                  .heldBy(holders.ofRepository(name));
          case OWNER_QUEUE ->
              Reason.of(Kind.OWNER_QUEUE_LIMIT, job.owner() + runs + " in the queue " + name)
                  .heldBy(holders.ofOwnerInQueue(job.owner(), name));
          case CONCURRENCY_GROUP ->
              Reason.of(Kind.CONCURRENCY_GROUP, "the concurrency group " + name + runs)
                  .heldBy(holders.ofGroup(name));
        };
    return reason.named(name).counted(binding.running(), binding.max());
  }

  /** There is a place, and others are let in before it; this is what binds it then. */
  private static Reason line(Asking job, List<Binding> bindings) {
    if (bindings.isEmpty()) {
      return Reason.of(Kind.LINE, "more jobs are before it than one round lets in");
    }
    var binding = bindings.getFirst();
    return Reason.of(Kind.LINE, "jobs before it take the last places of " + subject(job, binding))
        .named(binding.name())
        .counted(binding.running(), binding.max());
  }

  private static String subject(Asking job, Binding binding) {
    return switch (binding.kind()) {
      case OWNER -> binding.name();
      case REPOSITORY -> "the repository " + binding.name();
      case OWNER_QUEUE -> job.owner() + " in the queue " + binding.name();
      case CONCURRENCY_GROUP -> "the concurrency group " + binding.name();
    };
  }
}
