/**
 * Carries deliveries to their targets: at least once, in the order of the events of a build, and
 * none delays another.
 *
 * <p>One thread claims, records and looks; bounded virtual threads send. A claim is a lease: who
 * dies with it is replaced when it ends, and the message goes again with the same id. The number of
 * the attempt fences: what a former holder says then changes nothing.
 *
 * <p>Of a subscription and build only the oldest pending delivery can be claimed. Of a target only
 * a few are under way at a time, and one while it is in trouble, so that it cannot take every
 * thread.
 */
@NullMarked
package io.junction.dispatcher.notify.deliver;

import org.jspecify.annotations.NullMarked;
