package io.junction.common.transition;

import io.junction.common.job.JobState;
import java.util.stream.Stream;

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

  /** How many events tell of it. */
  int events() {
    int reported =
        (int) Stream.of(JobState.RECEIVED, JobState.STARTED).filter(this::reaches).count();
    return course.target().isFinal() ? reported + 1 : reported;
  }

  /** Whether its build, too, begins or ends with it. */
  boolean startsOfBuild() {
    return held.ofBuild()
        && held.state().compareTo(JobState.STARTED) < 0
        && course.target().compareTo(JobState.STARTED) >= 0;
  }
}
