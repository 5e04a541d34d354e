package io.junction.api.pulse;

import java.time.Duration;

/** The road that heartbeats take into the database. */
public interface Hearing {

  /** How long the heartbeats under way have taken so far; zero when none are. */
  Duration busyFor();
}
