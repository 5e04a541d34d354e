/** What a stretch of work cost: statements, commits, WAL, dead tuples, CPU seconds, memory. */
@NullMarked
package io.junction.bench.measure;

import org.jspecify.annotations.NullMarked;
