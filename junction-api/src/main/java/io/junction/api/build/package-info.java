/** Builds over HTTP: created with all their jobs at once, read, canceled, restarted. */
@NullMarked
package io.junction.api.build;

import org.jspecify.annotations.NullMarked;
