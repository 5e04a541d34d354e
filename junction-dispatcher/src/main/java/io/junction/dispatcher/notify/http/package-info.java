/**
 * How a message leaves the house: over HTTP, to an address that was looked at.
 *
 * <p>Whoever may write a subscription chooses where Junction speaks to. So a name is resolved once,
 * each address that it leads to is checked, and exactly those are connected to: what the name says
 * a moment later does not matter. Nothing is followed, nothing is kept: no redirect, no proxy, no
 * cookie, no connection for the next message.
 */
@NullMarked
package io.junction.dispatcher.notify.http;

import org.jspecify.annotations.NullMarked;
