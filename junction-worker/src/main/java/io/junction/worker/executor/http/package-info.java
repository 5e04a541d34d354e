/** One HTTP request, with a bounded body and a bounded time. */
@NullMarked
package io.junction.worker.executor.http;

import org.jspecify.annotations.NullMarked;
