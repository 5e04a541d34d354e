/** Gauges of the queues. */
@NullMarked
package io.junction.dispatcher.observe;

import org.jspecify.annotations.NullMarked;
