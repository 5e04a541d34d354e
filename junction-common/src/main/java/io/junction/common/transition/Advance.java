package io.junction.common.transition;

import io.junction.common.job.JobState;

/** A job that is held, and the course that takes it further. */
record Advance(Held held, Course course) {

  Changed changed() {
    return new Changed(
        held.job(), held.assignment(), held.worker(), held.queue(), held.state(), course.target());
  }

  /** Whether the world hears that the job passed through this state on its way. */
  boolean reaches(JobState state) {
    return course.stepsFrom(held.state()).contains(state);
  }

  /** Whether its build, too, begins or ends with it. */
  boolean startsOfBuild() {
    return held.ofBuild()
        && held.state().compareTo(JobState.STARTED) < 0
        && course.target().compareTo(JobState.STARTED) >= 0;
  }
}
