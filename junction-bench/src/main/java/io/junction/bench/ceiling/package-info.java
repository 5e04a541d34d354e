/** What Junction is held against, measured in the same run. */
@NullMarked
package io.junction.bench.ceiling;

import org.jspecify.annotations.NullMarked;
