package io.junction.api.job;

import io.junction.common.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a page is to show, newest first.
 *
 * @param before only jobs with a smaller id
 */
record JobFilter(
    @Nullable String queue,
    @Nullable JobState state,
    @Nullable String owner,
    @Nullable String repository,
    @Nullable Long before,
    int limit) {}
