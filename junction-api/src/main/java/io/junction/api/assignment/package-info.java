/** Single calls about one assignment, for workers that prefer them. */
@NullMarked
package io.junction.api.assignment;

import org.jspecify.annotations.NullMarked;
