package io.junction.common.job;

import io.junction.common.queue.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler asks for.
 *
 * @param queue null when the rules are to decide
 * @param config the payload, a JSON object as text; only those rules look into it
 * @param priority higher goes first
 * @param timeoutMs how long it may run, in milliseconds; null for ever
 * @param maxAttempts how many attempts it has before it ends errored
 * @param exclusive whether its worker stops it when it loses touch with Junction
 * @param concurrency how many of its kind run at a time; null for any number
 * @param isPublic whether it counts for the capacity of public jobs first
 */
public record JobSpec(
    @Nullable QueueName queue,
    String config,
    int priority,
    @Nullable Long timeoutMs,
    int maxAttempts,
    boolean exclusive,
    @Nullable String owner,
    @Nullable String repository,
    @Nullable Concurrency concurrency,
    boolean isPublic) {

  public static final int DEFAULT_MAX_ATTEMPTS = 50;

  /** Of the jobs that name the same group, so many are queued, received or started at a time. */
  public record Concurrency(String group, int max) {}

  /** Null when the rules are to decide. */
  public @Nullable String queueName() {
    return queue == null ? null : queue.value();
  }

  /** Created when it has no queue, or a limit could count it, so that it asks; else queued. */
  public JobState firstState() {
    boolean counted = owner != null || repository != null || concurrency != null;
    return counted || queue == null ? JobState.CREATED : JobState.QUEUED;
  }
}
