/** Limits of owners and repositories, and what runs and waits under them. */
@NullMarked
package io.junction.api.owner;

import org.jspecify.annotations.NullMarked;
