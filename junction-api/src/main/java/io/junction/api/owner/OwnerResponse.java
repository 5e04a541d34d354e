package io.junction.api.owner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.junction.common.limit.OwnerStanding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An owner: what is set, and how it stands.
 *
 * @param max jobs that may run at a time, of all who share the limit; -1 for any number
 * @param running jobs queued, received or started, of all who share the limit
 * @param total its own jobs that ask to be queued, counted up to 10,000
 * @param queueable how many of these the limit has room for now
 * @param waitingSince since when the oldest of them has been there; null when none asks
 */
record OwnerResponse(
    String name,
    @Nullable Integer maxRunning,
    @Nullable String plan,
    OwnerRequest.@Nullable Boost boost,
    @Nullable String sharesWith,
    int weight,
    Map<String, Integer> queues,
    int total,
    int running,
    int max,
    int queueable,
    @Nullable Instant waitingSince) {

  static OwnerResponse of(OwnerStatements.Settings settings, OwnerStanding standing) {
    return new OwnerResponse(
        settings.name(),
        settings.maxRunning(),
        settings.plan(),
        settings.boost(),
        settings.sharesWith(),
        settings.weight(),
        settings.queues(),
        standing.asking(),
        standing.running(),
        standing.max(),
        standing.queueable(),
        standing.waitingSince());
  }

  /** A page; {@code next} is the {@code after} of the page that follows, absent on the last. */
  record Page(
      List<OwnerResponse> owners,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {}
}
