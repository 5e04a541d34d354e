/** Rounds, one after the other, each kind on a thread of its own. */
@NullMarked
package io.junction.dispatcher.loop;

import org.jspecify.annotations.NullMarked;
