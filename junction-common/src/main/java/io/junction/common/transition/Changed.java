package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.util.UUID;

/**
 * A real change of a job, as the database returned it.
 *
 * @param previous the state that it left
 */
public record Changed(
    long job, UUID assignment, UUID worker, String queue, JobState previous, JobState state) {}
