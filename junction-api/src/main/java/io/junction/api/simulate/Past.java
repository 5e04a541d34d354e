package io.junction.api.simulate;

import io.junction.common.simulate.Conditions;
import io.junction.common.simulate.PastJob;
import java.util.List;

/**
 * What is replayed.
 *
 * @param jobs those that waited or ran in the window, and were or could still be taken up
 * @param leftOut how many others there were
 * @param present the limits and capacities as they are now
 */
record Past(PastWindow window, List<PastJob> jobs, int leftOut, Conditions present) {}
