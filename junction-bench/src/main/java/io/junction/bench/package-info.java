/**
 * Measures Junction as its users meet it: real processes, real HTTP, a Postgres that flushes.
 *
 * <p>A {@link io.junction.bench.house.House} is one Postgres (fsync on, synchronous_commit on), one
 * API and one dispatcher, each a process of its own with production's defaults. A scenario puts a
 * load on it and says what came out beside its <em>ceiling</em>, which is measured in the same run
 * on the same machine: set-based SQL without HTTP, an empty POST to the same server, or another
 * queue on the same Postgres. What counts is the ratio; absolute figures only illustrate.
 *
 * <p>The load runs on the same cores as what it measures, so what drives it has to be cheap: that
 * is why {@link io.junction.bench.load.Connection} speaks HTTP/1.1 by itself, and why the JSON of a
 * heartbeat is written and read without a tree.
 *
 * <p>Nothing here judges: no figure fails a run. A run fails when Junction does not do what it was
 * asked (a job that ended otherwise, a beat that was refused), for then its figures say nothing.
 */
@NullMarked
package io.junction.bench;

import org.jspecify.annotations.NullMarked;
