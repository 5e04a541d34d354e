/**
 * Webhooks: JSON by POST, signed as Standard Webhooks define it.
 *
 * <p>A delivery keeps its id at each attempt; the timestamp, and with it the
 * signature, is the attempt's own, since a target refuses what was signed long ago. This is the one
 * place that asks the clock of the machine, for nobody else's sake.
 */
@NullMarked
package io.junction.dispatcher.notify.webhook;

import org.jspecify.annotations.NullMarked;
