/** Postgres, the API, the dispatcher and a worker under one roof. */
@NullMarked
package io.junction.standalone.house;

import org.jspecify.annotations.NullMarked;
