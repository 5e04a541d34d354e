/**
 * The door of Travis Hub, for workers and tools that speak to it: {@code PATCH /jobs/{id}/state}
 * and {@code POST /jobs/{id}/events}. They name a job, where Junction's own protocol names an
 * assignment; whose report it is, the token says.
 */
@NullMarked
package io.junction.api.state;

import org.jspecify.annotations.NullMarked;
