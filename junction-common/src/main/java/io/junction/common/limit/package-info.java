/**
 * What stands between created and queued. The planner is pure; {@link
 * io.junction.common.limit.Worlds} reads what it decides by.
 */
@NullMarked
package io.junction.common.limit;

import org.jspecify.annotations.NullMarked;
