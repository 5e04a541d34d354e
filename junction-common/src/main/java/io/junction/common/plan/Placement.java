package io.junction.common.plan;

import java.util.UUID;

/** A job and the worker that is to run it. */
public record Placement(QueuedJob job, UUID worker) {}
