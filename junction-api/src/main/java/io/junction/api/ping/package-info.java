/** A request that does nothing, for those who measure what the server itself costs. */
@NullMarked
package io.junction.api.ping;

import org.jspecify.annotations.NullMarked;
