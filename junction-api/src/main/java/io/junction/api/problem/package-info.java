/** Every answer that is not a success, as an RFC 9457 problem. */
@NullMarked
package io.junction.api.problem;

import org.jspecify.annotations.NullMarked;
