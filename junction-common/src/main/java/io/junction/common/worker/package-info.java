/** Registered processes that run jobs, alive while they heartbeat. */
@NullMarked
package io.junction.common.worker;

import org.jspecify.annotations.NullMarked;
