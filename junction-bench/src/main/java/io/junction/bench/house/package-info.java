/** The Postgres, API and dispatcher that are measured: processes of their own, as in production. */
@NullMarked
package io.junction.bench.house;

import org.jspecify.annotations.NullMarked;
