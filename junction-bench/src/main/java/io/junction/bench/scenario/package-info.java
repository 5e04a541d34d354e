/** What is measured: one class each. */
@NullMarked
package io.junction.bench.scenario;

import org.jspecify.annotations.NullMarked;
