/**
 * Subscriptions as they stand in a build's config, in the form of {@code .travis.yml}.
 *
 * <p>Such a config is written by people who never see an answer of Junction's: so each entry is
 * taken for itself, and what cannot be taken is said in plain words, without quoting it.
 */
@NullMarked
package io.junction.common.subscription.travis;

import org.jspecify.annotations.NullMarked;
