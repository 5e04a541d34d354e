/** Hints that something may have changed, carried by Postgres between processes. */
@NullMarked
package io.junction.common.hint;

import org.jspecify.annotations.NullMarked;
