/**
 * Webhooks: JSON by POST, signed as Standard Webhooks define it.
 *
 * <p>A delivery keeps its id at each attempt; the timestamp, and with it the signature, is the
 * attempt's own, since a target refuses what was signed long ago. That is asked of the machine's
 * clock, and only for the target, which compares it with its own.
 */
@NullMarked
package io.junction.dispatcher.notify.webhook;

import org.jspecify.annotations.NullMarked;
