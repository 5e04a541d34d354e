/**
 * Gives each job that names no queue the one that the rules say, before the limits are asked.
 *
 * <p>This is the one place that does; docs/decisions/0021 says why. A job whose queue cannot be
 * decided ends errored with the reason, and holds nobody else up.
 */
@NullMarked
package io.junction.dispatcher.route;

import org.jspecify.annotations.NullMarked;
