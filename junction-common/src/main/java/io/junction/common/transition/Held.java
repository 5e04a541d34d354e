package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.util.UUID;

/**
 * A job that nobody else can change until this transaction ends, and its assignment, which is open
 * unless the job's state is final.
 *
 * @param timed whether the job has a timeout
 * @param ofBuild whether it belongs to a build, which then is held, too
 */
record Held(
    long job,
    UUID assignment,
    UUID worker,
    String queue,
    JobState state,
    boolean timed,
    boolean ofBuild) {}
