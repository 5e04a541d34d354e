package io.junction.common.turn;

/** Who is given a slot when there are fewer than jobs in a queue's line. */
public enum Fairness {
  /** The first of the line, whoever's it is. */
  FIFO,
  /** Owners in turn, each as often as his weight says; the first of his line. */
  OWNER
}
