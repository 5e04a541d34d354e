/** Queues: capacity, pause and resume. */
@NullMarked
package io.junction.api.queue;

import org.jspecify.annotations.NullMarked;
