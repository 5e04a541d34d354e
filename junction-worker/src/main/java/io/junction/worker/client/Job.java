package io.junction.worker.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The job of an assignment. {@code config} is whatever its scheduler wrote, of any shape: judging
 * it is the executor's business.
 */
public record Job(
    long id,
    @Nullable String queue,
    @Nullable JsonNode config,
    @Nullable Long timeoutMs,
    boolean exclusive) {}
