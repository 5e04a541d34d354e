/**
 * How a process finds its database: from {@code JUNCTION_DATABASE_URL}, refused in plain words when
 * that is missing or wrong, and waited for while it does not answer.
 */
@NullMarked
package io.junction.common.database;

import org.jspecify.annotations.NullMarked;
