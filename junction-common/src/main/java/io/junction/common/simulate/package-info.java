/**
 * What would have been: lives of jobs are replayed by the planners that let them in and placed
 * them, with other limits and capacities than there were.
 *
 * <p>A replay knows nothing but what it is given, and takes no time of its own: what happened at
 * one moment is told to the gate, which lets jobs into their queues by the limits, and to the
 * lines, which give them to workers; who was taken up ends after his run time, and so on until
 * nobody is left whom anything lets in. It is a pure function, so the same jobs always wait for as
 * long.
 *
 * <p>The gate looks only at whom a change concerns, as rounds of the limiter do, and at fewer: jobs
 * that wait for the same place stand aside until one is free there. So a replay takes about as many
 * looks as there are jobs, whatever waits.
 */
@NullMarked
package io.junction.common.simulate;

import org.jspecify.annotations.NullMarked;
