/**
 * Subscriptions and their deliveries: who is told of builds, where, and what came of it.
 *
 * <p>What is secret of a target comes in and never goes out again; it is encrypted before it is
 * written. Every field is checked at the door, and each that is refused is named.
 */
@NullMarked
package io.junction.api.subscription;

import org.jspecify.annotations.NullMarked;
