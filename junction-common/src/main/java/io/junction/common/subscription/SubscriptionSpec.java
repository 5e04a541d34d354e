package io.junction.common.subscription;

import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is asked for.
 *
 * @param name for people
 */
public record SubscriptionSpec(
    Target target, @Nullable String name, BuildFilter filter, SendRule rule) {}
