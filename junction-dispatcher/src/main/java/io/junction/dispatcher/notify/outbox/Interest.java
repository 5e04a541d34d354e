package io.junction.dispatcher.notify.outbox;

import io.junction.common.subscription.BuildFilter;
import io.junction.common.subscription.SendRule;
import io.junction.common.subscription.TargetKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription wants to hear.
 *
 * @param build the only one that it is for; null when it is for all that its filter lets through
 */
record Interest(
    UUID subscription, @Nullable Long build, TargetKind kind, BuildFilter filter, SendRule rule) {

  boolean wants(ReadEvent event) {
    return (build == null || build.equals(event.build()))
        && filter.takes(kind, event.kind())
        && filter.lets(event.owner(), event.repository(), event.branch())
        && rule.wants(event.kind(), event.state(), event.previousState(), event.isPullRequest());
  }
}
