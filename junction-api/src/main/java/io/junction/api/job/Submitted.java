package io.junction.api.job;

import io.junction.common.job.JobSpec;
import java.time.Instant;

/**
 * A job as it was written.
 *
 * @param at when it was written, by the database's clock
 */
record Submitted(long id, JobSpec spec, Instant at) {}
