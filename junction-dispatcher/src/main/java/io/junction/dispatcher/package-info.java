/**
 * The dispatcher: a daemon of loops that move jobs along, and nothing else.
 *
 * <p><b>What it does.</b> Each loop runs rounds: look at the database, plan, apply with guards,
 * commit. {@code route} gives a queue to created jobs that name none; {@code limit} lets created
 * jobs into their queues. {@code dispatch} gives the front of each queue's line to the least loaded
 * of its live workers. {@code reap} closes the assignments of whoever fell silent, never took up
 * its job, or ran out of time. {@code prune} removes what is over and old. {@code observe} feeds
 * the gauges. {@code notify} makes deliveries out of the events of builds, and carries them to
 * their targets. A loop that finds something goes on at once; one that finds nothing waits for a
 * hint or its poll, and polls rarely once that has gone on for a while and hints are heard.
 *
 * <p><b>What the database decides.</b> Everything that has to be true. Who may place into a queue:
 * whoever holds its advisory lock. How full queues and workers are: counted under that lock, never
 * remembered. That a job is assigned once: a unique index. Who ends an assignment: whoever locks
 * the job's row first. What time it is: {@code now()}. Whether somebody was silent: its row,
 * Junction's own {@code listening} row, and both looked at again under the lock of the heartbeat.
 *
 * <p><b>What it may decide alone.</b> When to look, how many rows a round takes, which of several
 * live workers gets a job. A hint that is lost, or one too many, costs time and nothing else. So
 * any number of dispatchers may run; two on one queue take turns, and each sees what the other did.
 *
 * <p><b>Order of locks.</b> Queues (advisory, sorted), worker_heartbeats, workers, jobs (by id),
 * assignments. Apart from these, the outbox, subscriptions, deliveries. What somebody else has
 * locked is skipped where that is harmless, and found again.
 *
 * <p><b>When it dies</b>
 *
 * <ul>
 *   <li>before the locks: nothing has happened; the queues are found by the next poll of anyone;
 *   <li>between lock and commit: the server rolls back and releases; no job is half placed, because
 *       the job's row and its assignment are written by one statement, and the hints of a
 *       transaction go with its commit;
 *   <li>after the commit, before anybody was told: the assignment is in its worker's next answer
 *       anyway; the next round counts it;
 *   <li>in the middle of a round of several transactions (the reaper): what is committed holds, the
 *       rest is as silent as before and is found again;
 *   <li>with the only copy: placing, queueing and reaping pause; what runs runs on, and its reports
 *       are taken by the API. Nothing times out in the meantime because of that.
 * </ul>
 *
 * <p><b>When the database dies</b>, every loop says so once and tries again with a back-off of at
 * most 10 s. At its start the process waits for the database as long as it takes.
 *
 * <p><b>When it is stopped</b>, each loop ends its round, which lasts no longer than its
 * transaction's timeout; all in all less than 5 s.
 */
@NullMarked
package io.junction.dispatcher;

import org.jspecify.annotations.NullMarked;
