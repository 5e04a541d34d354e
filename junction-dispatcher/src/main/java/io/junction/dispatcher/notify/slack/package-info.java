/**
 * Slack, by incoming webhooks.
 *
 * <p>What a stranger wrote is text there and nothing else: Slack's three special characters are
 * escaped, so that a commit message links nowhere and pings nobody.
 */
@NullMarked
package io.junction.dispatcher.notify.slack;

import org.jspecify.annotations.NullMarked;
