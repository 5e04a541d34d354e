/** Whole-system tests: real processes and a real Postgres, killed in the middle. */
@NullMarked
package io.junction.system;

import org.jspecify.annotations.NullMarked;
