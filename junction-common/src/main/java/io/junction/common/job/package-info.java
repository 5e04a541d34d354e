/** Units of work and the states of their life. */
@NullMarked
package io.junction.common.job;

import org.jspecify.annotations.NullMarked;
