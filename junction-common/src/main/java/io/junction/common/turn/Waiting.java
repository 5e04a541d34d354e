package io.junction.common.turn;

/**
 * An owner who waits in a queue.
 *
 * @param owner "" for the jobs that have none
 * @param pass when it is his turn again; 0 when nothing is known of him
 * @param weight his share, 1 to 1,000
 * @param front the first job of his line
 * @param jobs how many he has; {@link #ANY} when that is not known
 */
public record Waiting(String owner, long pass, int weight, long front, int jobs) {

  /** As many as he may be given. */
  public static final int ANY = Integer.MAX_VALUE;

  public Waiting {
    if (weight < 1 || weight > 1_000) {
      throw new IllegalArgumentException("weight " + weight + " of " + owner + " is not 1 to 1000");
    }
  }

  /** The same owner, who has so many. */
  public Waiting with(int count) {
    return new Waiting(owner, pass, weight, front, count);
  }
}
