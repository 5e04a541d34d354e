/** Removes what is over and older than the retention. */
@NullMarked
package io.junction.dispatcher.prune;

import org.jspecify.annotations.NullMarked;
