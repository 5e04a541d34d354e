package io.junction.common.explain;

/** Counts in words. */
final class Words {

  private Words() {}

  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** How many jobs stand there; more than are counted are said to be more. */
  static String jobs(int count) {
    return count > Explanation.Place.MOST
        ? "more than " + Explanation.Place.MOST + " jobs are"
        : count == 1 ? "1 job is" : count + " jobs are";
  }
}
