/** Who asks, and what that opens. */
@NullMarked
package io.junction.api.token;

import org.jspecify.annotations.NullMarked;
