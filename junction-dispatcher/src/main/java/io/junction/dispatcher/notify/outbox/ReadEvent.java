package io.junction.dispatcher.notify.outbox;

import org.jspecify.annotations.Nullable;

/**
 * An event that is not of a job.
 *
 * @param build null when it is not of a build either
 * @param state of the build after it
 */
record ReadEvent(
    long id,
    String kind,
    @Nullable Long build,
    @Nullable String owner,
    @Nullable String repository,
    @Nullable String branch,
    String state,
    @Nullable String previousState,
    boolean isPullRequest) {}
