/** Closes the assignments of whoever fell silent, never took up its job, or ran out of time. */
@NullMarked
package io.junction.dispatcher.reap;

import org.jspecify.annotations.NullMarked;
