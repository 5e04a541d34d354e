/**
 * The one place that changes a job's state, for api and dispatcher alike.
 *
 * <p>Each change is one guarded statement over a whole batch: in the order of their ids it changes
 * those jobs whose guard still holds, closes their assignments, and returns what it changed. A row
 * that comes back is the verdict "applied"; the job's row is the fence, since every change of who
 * may run it rewrites that row.
 */
@NullMarked
package io.junction.common.transition;

import org.jspecify.annotations.NullMarked;
