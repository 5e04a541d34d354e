/**
 * Junction on one machine, in one process: what {@code ./junction dev} and {@code ./junction demo}
 * run. Nothing of the other modules is replaced or faked here; they are only started together.
 *
 * <p><b>What it does.</b> It locks a data folder, starts an embedded Postgres 18 in it, brings the
 * tables up to date, and starts the API and the dispatcher as two Spring applications that share
 * this JVM and nothing else. A worker follows as an object of its own module, which speaks HTTP to
 * the API like any other. {@code dev} then waits for Ctrl-C; {@code demo} submits 24 jobs over HTTP
 * and SQL, kills a second worker (a process of its own) in the middle of them, and checks what
 * became of each.
 *
 * <p><b>What the database decides.</b> All that it decides in production: it is the same Postgres,
 * durable (fsync on), with the same tables. What was committed survives {@code kill -9} of this
 * process and the next start finds it.
 *
 * <p><b>What it may decide alone.</b> Tokens, a password and ports, which it makes at the first
 * start of a folder and then keeps. Everything listens on the loopback interface only.
 *
 * <p><b>What happens when it dies.</b>
 *
 * <ul>
 *   <li>By Ctrl-C, SIGTERM or SIGHUP, at any moment: it closes what it has started, in order: the
 *       worker may shortly finish what it runs and gives back the rest, then the dispatcher, the
 *       API, Postgres.
 *   <li>By {@code kill -9}: the jobs die with their worker (it holds them on a leash), so does the
 *       demo's second worker (it holds on to this process's pipe). Postgres runs on; the next start
 *       on the same folder finds it by its process id, stops it in good order and starts it anew.
 *   <li>While Postgres is being set up for the first time: a mark says that it was not finished,
 *       and the next start makes it anew.
 *   <li>By a refusal (a port is taken, the folder is in use, the wrong Postgres): nothing was
 *       started, or all of it is closed again. Exit code 1, and a sentence instead of a trace.
 * </ul>
 */
@NullMarked
package io.junction.standalone;

import org.jspecify.annotations.NullMarked;
