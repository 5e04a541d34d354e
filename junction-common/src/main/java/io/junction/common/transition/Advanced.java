package io.junction.common.transition;

import io.junction.common.job.JobState;

/**
 * That a job has come further.
 *
 * @param ofBuild whether it belongs to a build
 */
record Advanced(Changed change, boolean ofBuild) {

  /** Whether its build, too, begins or ends with it. */
  boolean startsOfBuild() {
    return ofBuild
        && change.previous().compareTo(JobState.STARTED) < 0
        && change.state().compareTo(JobState.STARTED) >= 0;
  }
}
