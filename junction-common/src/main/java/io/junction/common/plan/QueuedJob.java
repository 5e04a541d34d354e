package io.junction.common.plan;

/** A job that waits in its queue's line, and which attempt of it is next. */
public record QueuedJob(long id, int attempt) {}
