/** The sign in the database that Junction can hear its workers. */
@NullMarked
package io.junction.api.pulse;

import org.jspecify.annotations.NullMarked;
