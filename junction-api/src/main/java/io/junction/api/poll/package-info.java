/**
 * Answers that are held without a thread, and the seats of the workers that wait for them.
 *
 * <p>A worker with nothing to do asks again and again, and again and again there is nothing new. So
 * that this costs the database nothing, a copy remembers a {@link Seat} for each worker of which it
 * knows that there is nothing to say; its next idle heartbeat is held without a word to the
 * database, and now and then the {@link RollCall} notes all who sit there at once.
 *
 * <p>A seat is no truth, only the memory of one: what is remembered ends with the first hint, and
 * whoever is not noted by the roll call has its heartbeat applied as any other. The interleavings:
 *
 * <ul>
 *   <li><b>A hint between two polls.</b> It marks the seat; the next heartbeat goes the ordinary
 *       way. Hint, mark, and the decision to hold a heartbeat in memory are made under the seat's
 *       lock, and a hint comes after the commit that it tells of: it is before the decision, and
 *       the heartbeat is applied; or after it, and the held poll looks.
 *   <li><b>A hint while the heartbeat is being applied.</b> The seat is there before that begins,
 *       so the mark waits for the poll, which looks before it lies down.
 *   <li><b>A hint while a poll looks.</b> The mark is cleared before the look is sent off, so this
 *       one causes another look.
 *   <li><b>A hint that is never heard.</b> The roll call finds the open assignment, the drain, the
 *       retirement, and the poll looks. A third of the lease is the longest that it takes.
 *   <li><b>A worker that moves to another copy.</b> Its heartbeat there stores a higher {@code
 *       seq}. Here the old poll is still held: the roll call, or the look after a hint, finds a
 *       {@code seq} above its own and it is answered 409. A worker that comes back finds a seat
 *       whose memory may be old: a hint about it has marked it, for hints go to all copies.
 *   <li><b>A heartbeat that only this copy knows, and then the copy dies.</b> What the database
 *       misses is a third of the lease of signs of life, and a silence is longer than a lease. Its
 *       {@code seq} was idle: were it replayed elsewhere, it could change nothing.
 *   <li><b>A worker that was given up on while it sat here.</b> The roll call does not note it, its
 *       heartbeat is applied and finds it again.
 *   <li><b>The database is away.</b> The roll call fails; from then on {@link RollCall#overdueFor}
 *       grows and the pulse stops, so no silence counts. Before the leases end all are sent the
 *       ordinary way, where a copy that is cut off alone tells them 503, and they find another.
 * </ul>
 */
@NullMarked
package io.junction.api.poll;

import org.jspecify.annotations.NullMarked;
