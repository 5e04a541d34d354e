/**
 * The events, as a stream that has no gaps and repeats nothing.
 *
 * <p>An event's id is taken before its transaction commits, so a lower one may become visible after
 * a higher one. Hence a {@link Position} is an id and the {@link Snapshot} by which it was reached;
 * docs/decisions/0016 has the proof. It is all that there is to know of a stream, and the client
 * keeps it, as the cursor of each event. So any copy of this process can go on where another ended.
 *
 * <p><b>What it costs.</b> Nothing while nobody listens. Otherwise {@link Heads} asks once in a
 * poll how far the numbers and transactions have come, without looking at a table. If something may
 * have been told since, the streams read on, a page at a time; those that are at the same place,
 * which is where all end up that have caught up, share the page and the statement ({@link Pages}).
 *
 * <p><b>Who is slow</b> delays nobody. Each stream pulls: it has a thread (a virtual one), a place
 * and the page that it is writing, and no queue that others would fill. A client that does not read
 * blocks its own thread until the connection's time-out, and is dropped.
 *
 * <p><b>When the database is away</b>, streams stay open, with heartbeats, and go on afterwards.
 * When this copy stops or dies, the client comes back with its cursor, here or elsewhere.
 */
@NullMarked
package io.junction.api.event;

import org.jspecify.annotations.NullMarked;
