/** The worker itself: one thread that beats, what it runs, and what it still has to report. */
@NullMarked
package io.junction.worker.agent;

import org.jspecify.annotations.NullMarked;
