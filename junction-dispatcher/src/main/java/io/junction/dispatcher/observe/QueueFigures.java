package io.junction.dispatcher.observe;

/**
 * How a queue stands.
 *
 * @param depth jobs that wait in its line; from a limit on "at least so many"
 * @param oldestAge of the job that has waited longest, in seconds; 0 when none waits
 * @param slotsFree how many jobs could be placed now
 * @param assignments that are open
 */
record QueueFigures(String queue, int depth, double oldestAge, long slotsFree, long assignments) {}
