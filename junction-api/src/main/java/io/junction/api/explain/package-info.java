/** Why a job is not running. */
@NullMarked
package io.junction.api.explain;

import org.jspecify.annotations.NullMarked;
