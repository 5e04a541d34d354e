/**
 * The web service: HTTP in, rows out.
 *
 * <p><b>What it does.</b> It takes what schedulers submit, what workers report and what operators
 * ask for, writes it, and answers from what the database then says. It places nothing and gives
 * nobody up: that is the dispatcher's.
 *
 * <p><b>What the database decides.</b> Everything that two requests could dispute: whether a
 * heartbeat is newer than the last (one guarded update of its {@code seq}), whether a report still
 * holds its job (the job's row names the assignment), what time it is. A copy of this process has
 * no state that another copy lacks, so any of them may answer any request.
 *
 * <p><b>What it may decide alone.</b> Whether a request is well formed and whose token it carries
 * (role tokens are configuration; a worker's token is looked up once and remembered); which
 * requests share a transaction; how long a poll is held. A poll that is held knows nothing: a hint
 * wakes it, and it looks again. That there is nothing to say to a worker it may remember until a
 * hint says otherwise; see {@link io.junction.api.poll}.
 *
 * <p><b>What happens when it dies.</b>
 *
 * <ul>
 *   <li>Before a batch commits: nothing has happened; clients ask again, and a report that was
 *       already applied is answered as unchanged.
 *   <li>After the commit, before the answer: the same, seen from the client.
 *   <li>While polls are held: workers lose the connection and beat again, here or at another copy.
 *       Their leases and their silence are far longer than that takes, and the roll call has noted
 *       them less than a third of a lease ago.
 *   <li>All copies, for long: the pulse stops with them ({@code listening}); when one is back, the
 *       dispatcher holds no silence from before that against any worker.
 * </ul>
 */
@NullMarked
package io.junction.api;

import org.jspecify.annotations.NullMarked;
