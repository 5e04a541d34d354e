/** The HTTP client of the worker's side of docs/protocol.md, with wire records of its own. */
@NullMarked
package io.junction.worker.client;

import org.jspecify.annotations.NullMarked;
