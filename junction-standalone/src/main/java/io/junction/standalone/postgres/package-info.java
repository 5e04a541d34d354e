/** The embedded Postgres of a data folder: started, adopted from the dead, stopped. */
@NullMarked
package io.junction.standalone.postgres;

import org.jspecify.annotations.NullMarked;
