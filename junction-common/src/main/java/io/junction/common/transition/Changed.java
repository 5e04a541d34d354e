package io.junction.common.transition;

import io.junction.common.hint.Hint;
import io.junction.common.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real change of a job, as the database returned it.
 *
 * @param place what it takes a place of as long as it is queued, received or started
 * @param previous the state that it left
 */
public record Changed(
    long job, UUID assignment, UUID worker, Place place, JobState previous, JobState state) {

  public String queue() {
    return place.queue();
  }

  /** Whether it no longer counts for any limit. */
  boolean freesPlaces() {
    return state.isFinal() || state == JobState.CREATED;
  }

  /** Where a job counts for a limit. */
  public record Place(
      String queue,
      @Nullable String owner,
      @Nullable String repository,
      @Nullable String concurrencyGroup) {

    List<Hint.Limit> limits() {
      var limits = new ArrayList<Hint.Limit>();
      if (owner != null) {
        limits.add(new Hint.Limit(Hint.Limit.Kind.OWNER, owner));
      }
      if (repository != null) {
        limits.add(new Hint.Limit(Hint.Limit.Kind.REPOSITORY, repository));
      }
      if (concurrencyGroup != null) {
        limits.add(new Hint.Limit(Hint.Limit.Kind.GROUP, concurrencyGroup));
      }
      return limits;
    }
  }
}
