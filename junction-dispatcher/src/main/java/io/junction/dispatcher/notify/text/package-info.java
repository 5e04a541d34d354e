/**
 * The words that messages are made of, and what keeps strangers' words in their place.
 *
 * <p>A commit message, a branch, a name of a job is whatever somebody pushed. Each kind of message
 * says itself what could do harm there and escapes it; here is what they share.
 */
@NullMarked
package io.junction.dispatcher.notify.text;

import org.jspecify.annotations.NullMarked;
