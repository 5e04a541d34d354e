/** The list that a worker sends, and the list that answers it. */
@NullMarked
package io.junction.api.heartbeat;

import org.jspecify.annotations.NullMarked;
