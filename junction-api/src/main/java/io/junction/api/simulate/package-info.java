/**
 * What if: the last hours are read in one transaction that may only read, and replayed outside of
 * it under the limits and capacities that there are, and under others.
 */
@NullMarked
package io.junction.api.simulate;

import org.jspecify.annotations.NullMarked;
