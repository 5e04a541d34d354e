package io.junction.worker.executor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attempt at one job: what an executor is given.
 *
 * <p>{@code leaseEnd}, on the clock of {@link System#nanoTime}, binds only an exclusive job.
 */
public record Run(
    UUID assignment,
    int attempt,
    long job,
    String queue,
    @Nullable JsonNode config,
    boolean exclusive,
    long leaseEnd) {}
