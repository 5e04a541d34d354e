/**
 * Test support: a real Postgres, threads that start together, and the rules that fail the build.
 *
 * <p>Depends on no other module of Junction, and never stands on a production class path.
 */
@NullMarked
package io.junction.testing;

import org.jspecify.annotations.NullMarked;
