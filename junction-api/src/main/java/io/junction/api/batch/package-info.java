/** Requests that arrive together share one transaction. */
@NullMarked
package io.junction.api.batch;

import org.jspecify.annotations.NullMarked;
