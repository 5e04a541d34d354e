package io.junction.common.plan;

import java.util.List;

/**
 * What to do with a queue.
 *
 * @param placements oldest job first
 * @param waiting how many of the snapshot's jobs found no slot
 */
public record Plan(List<Placement> placements, int waiting) {

  public Plan {
    placements = List.copyOf(placements);
  }
}
