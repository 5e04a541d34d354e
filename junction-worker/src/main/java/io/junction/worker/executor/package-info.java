/** How a job is run: bounded, killable, and without exceptions that escape. */
@NullMarked
package io.junction.worker.executor;

import org.jspecify.annotations.NullMarked;
