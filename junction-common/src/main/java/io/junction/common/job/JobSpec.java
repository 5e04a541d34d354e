package io.junction.common.job;

import io.junction.common.queue.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler asks for.
 *
 * @param config the payload, a JSON object as text; Junction never looks into it
 * @param priority higher goes first
 * @param timeoutMs how long it may run, in milliseconds; null for ever
 * @param maxAttempts how many attempts it has before it ends errored
 * @param exclusive whether its worker stops it when it loses touch with Junction
 */
public record JobSpec(
    QueueName queue,
    String config,
    int priority,
    @Nullable Long timeoutMs,
    int maxAttempts,
    boolean exclusive,
    @Nullable String owner,
    @Nullable String repository) {

  public static final int DEFAULT_MAX_ATTEMPTS = 50;
}
