/**
 * What every scenario works with: the house, what stands in its database, the ceilings, the
 * results.
 */
@NullMarked
package io.junction.bench.stage;

import org.jspecify.annotations.NullMarked;
