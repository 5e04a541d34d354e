package io.junction.common.transition;

/** A job that is held, and the course that takes it further. */
record Advance(Held held, Course course) {

  Changed changed() {
    return new Changed(
        held.job(), held.assignment(), held.worker(), held.queue(), held.state(), course.target());
  }
}
