/**
 * What drives them over real HTTP: connections, simulated workers, and the clock on every answer.
 */
@NullMarked
package io.junction.bench.load;

import org.jspecify.annotations.NullMarked;
