/** Loads that several scenarios put on the house. */
@NullMarked
package io.junction.bench.workload;

import org.jspecify.annotations.NullMarked;
