package io.junction.api.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.junction.api.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it stands.
 *
 * @param target without what is secret of it
 * @param secretsSet whether something is
 * @param buildId the build in whose config it stands; null for one that was made over HTTP
 * @param failures deliveries that died since the last one that arrived
 * @param secret only where Junction has just made it up; nobody will see it again
 */
record SubscriptionResponse(
    UUID id,
    String kind,
    @Nullable String name,
    JsonObject target,
    boolean secretsSet,
    Filter filter,
    String onSuccess,
    String onFailure,
    String onStart,
    boolean onPullRequests,
    @Nullable Long buildId,
    int failures,
    @Nullable Instant disabledAt,
    @Nullable String disabledReason,
    Instant createdAt,
    Instant updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

  SubscriptionResponse with(@Nullable String madeUp) {
    return new SubscriptionResponse(
        id,
        kind,
        name,
        target,
        secretsSet,
        filter,
        onSuccess,
        onFailure,
        onStart,
        onPullRequests,
        buildId,
        failures,
        disabledAt,
        disabledReason,
        createdAt,
        updatedAt,
        madeUp);
  }

  /** Which events of which builds it is for; no events: the usual ones of its kind. */
  record Filter(
      @Nullable String owner,
      @Nullable String repository,
      @Nullable String branch,
      List<String> events) {}

  /** A page; {@code next} is the {@code after} of the page that follows, absent on the last. */
  record Page(
      List<SubscriptionResponse> subscriptions,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID next) {}
}
