/**
 * The reference worker: a process that registers for one queue, runs the jobs that Junction gives
 * it, and reports what became of them. It speaks HTTP only and knows no other module, so it proves
 * that docs/protocol.md is enough.
 *
 * <h2>What it does</h2>
 *
 * One thread ({@code agent}) beats: it sends what it runs and what has changed, and the answer is
 * what it should run. What it finds there and does not run it begins; what it runs and does not
 * find there it ends. Between two changes the heartbeat is parked at the server, so a new job or a
 * cancel arrives at once. Jobs run on threads of their own ({@code executor}) and only ever put
 * events into the agent's mailbox. Time is {@link java.lang.System#nanoTime}; the wall clock is
 * only quoted in reports.
 *
 * <h2>What Junction decides</h2>
 *
 * What runs here, how often a job is tried, when a worker is given up on, and whether a report is
 * still taken: an update is a message, its verdict is the fact. The worker keeps no state on disk
 * that matters and never argues: when the list and its own opinion differ, the list is right.
 *
 * <h2>What it may decide alone</h2>
 *
 * Three things, and each only ends something. An exclusive job is killed when no heartbeat has been
 * answered for the length of the lease. A job that runs past its timeout is ended, also while
 * Junction is away. A shutdown that takes too long gives back what still runs.
 *
 * <h2>What happens when it dies</h2>
 *
 * <ul>
 *   <li>before it has listed a new assignment: Junction gives the job to another worker when nobody
 *       has taken it up in time;
 *   <li>while a job runs: the job's processes hang on a pipe that only this process holds (the
 *       leash) and are killed with it, even by {@code kill -9}; Junction misses the heartbeats and
 *       queues the job again;
 *   <li>when it is only stopped (SIGSTOP, a suspended machine): the leash of an exclusive job knows
 *       the lease and kills in time; any other job runs on, and the next answer says whether that
 *       was right;
 *   <li>after a job has ended, before its report was answered: the result is gone and the job runs
 *       once more. While the worker lives, a result is kept and sent again until it is answered,
 *       however long Junction is away;
 *   <li>after a report was applied, before its answer came: the job is done; a report that comes
 *       again is {@code unchanged};
 *   <li>during a drain: as above. A second signal is such a death by intent.
 * </ul>
 *
 * <p>A worker that is started again registers as a new one; the old one is given up on by its
 * silence. Where setsid(1) is missing (macOS) there is no leash: a violent death leaves the jobs'
 * processes behind, and ending a job ends only those of its processes that still descend from it.
 */
@NullMarked
package io.junction.worker;

import org.jspecify.annotations.NullMarked;
