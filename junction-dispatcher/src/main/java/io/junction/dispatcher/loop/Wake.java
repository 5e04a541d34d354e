package io.junction.dispatcher.loop;

/** Why a round runs. */
public enum Wake {
  /** The interval has passed, or hints may have been missed: look at everything. */
  POLL,
  /** Somebody said where to look, or the last round left something behind. */
  HINT
}
