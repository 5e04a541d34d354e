/** Named lines of jobs, each with a capacity. */
@NullMarked
package io.junction.common.queue;

import org.jspecify.annotations.NullMarked;
