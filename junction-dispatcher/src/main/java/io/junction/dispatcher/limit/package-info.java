/** Lets created jobs into their queues. */
@NullMarked
package io.junction.dispatcher.limit;

import org.jspecify.annotations.NullMarked;
