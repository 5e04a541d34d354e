/**
 * Makes deliveries out of events: exactly one for each event and subscription that wants it.
 *
 * <p>The ids of events are taken before their transactions commit, so one with a lower id can
 * become visible after one with a higher id has been read. The cursor is therefore an id and a
 * snapshot: everything up to that id that the snapshot sees has been handled. What the snapshot did
 * not see had not committed when it was taken. Either it was under way then, and is found by its
 * transaction; or it had not begun to write, and its ids are higher (docs/decisions/0016).
 *
 * <p>Deliveries and cursor are written by one transaction that holds the cursor's row. So whatever
 * dies, an event is handled once; and any number of dispatchers take turns.
 */
@NullMarked
package io.junction.dispatcher.notify.outbox;

import org.jspecify.annotations.NullMarked;
