package io.junction.dispatcher.limit;

/**
 * How many owners a round looks at, so that it is short: what a round costs is the jobs that it
 * lets in, and for each owner the count of what runs. Where a few owners fill the batch, more are
 * counted for nothing; where many have a job or none, they are gone through faster together.
 */
final class RoundSize {

  private static final int LEAST = 10;
  private static final int MOST = 1_000;

  private final int batch;
  private int owners = 50;

  RoundSize(int batch) {
    this.batch = batch;
  }

  int owners() {
    return owners;
  }

  /** The next one is larger or smaller, by how many jobs this one let in. */
  void follow(int jobs) {
    if (jobs >= batch) {
      owners = Math.max(LEAST, owners / 2);
    } else if (jobs < batch / 2) {
      owners = Math.min(MOST, owners * 2);
    }
  }
}
