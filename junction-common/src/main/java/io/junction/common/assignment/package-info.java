/** Attempts of jobs on workers, and how they ended. */
@NullMarked
package io.junction.common.assignment;

import org.jspecify.annotations.NullMarked;
