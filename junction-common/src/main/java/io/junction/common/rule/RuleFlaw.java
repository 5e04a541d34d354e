package io.junction.common.rule;

/** That a list of rules cannot be; it says where and why. */
public final class RuleFlaw extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String place;
  private final String problem;

  RuleFlaw(String place, String problem) {
    super(place + " " + problem);
    this.place = place;
    this.problem = problem;
  }

  /** As in {@code rules[2].when.percentage}. */
  public String place() {
    return place;
  }

  /** Follows the place, as in {@code is a whole number from 0 to 100}. */
  public String problem() {
    return problem;
  }
}
