package io.junction.api.subscription;

import io.junction.common.subscription.Occasion;
import io.junction.common.subscription.SendRule;
import io.junction.common.subscription.TargetKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is asked for, or a change of one; what a change leaves out stays as it is.
 *
 * @param target of a change, the fields that it names
 * @param filter of a change, all of it anew
 */
record SubscriptionRequest(
    @Nullable
        @Pattern(
            regexp = "webhook|github|email|slack|irc",
            message = "must be one of webhook, github, email, slack, irc")
        String kind,
    @Nullable
        @Pattern(
            regexp = "[^\\p{Cntrl}]{1,255}",
            message = "has 1 to 255 characters, none of which controls")
        String name,
    @Nullable TargetRequest target,
    @Nullable @Valid FilterRequest filter,
    @Nullable @Pattern(regexp = OCCASION, message = NO_OCCASION) String onSuccess,
    @Nullable @Pattern(regexp = OCCASION, message = NO_OCCASION) String onFailure,
    @Nullable @Pattern(regexp = OCCASION, message = NO_OCCASION) String onStart,
    @Nullable Boolean onPullRequests) {

  private static final String OCCASION = "always|never|change";
  private static final String NO_OCCASION = "must be one of always, never, change";

  /** The rule of a new one. */
  SendRule rule(TargetKind of) {
    List<String> events = filter == null ? List.of() : filter.filter().events();
    return rule(SendRule.usual(of, events));
  }

  /** The rule with these changes. */
  SendRule rule(SendRule before) {
    return new SendRule(
        occasion(onSuccess, before.onSuccess()),
        occasion(onFailure, before.onFailure()),
        occasion(onStart, before.onStart()),
        onPullRequests == null ? before.onPullRequests() : onPullRequests);
  }

  private static Occasion occasion(@Nullable String text, Occasion otherwise) {
    return text == null ? otherwise : Occasion.of(text);
  }
}
