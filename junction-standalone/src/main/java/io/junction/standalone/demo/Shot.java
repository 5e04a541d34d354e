package io.junction.standalone.demo;

import java.util.Set;

/**
 * A worker that was killed with -9.
 *
 * @param jobs what it was running then
 * @param successor the worker that was started after it
 */
record Shot(String worker, long pid, Set<Long> jobs, String successor) {}
