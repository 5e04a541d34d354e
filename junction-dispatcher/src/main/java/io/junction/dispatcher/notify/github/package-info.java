/**
 * GitHub's view of a build: the status of its commit, and a check run.
 *
 * <p>Both may be sent twice and look as if sent once. Of statuses the last one of a context counts.
 * A check run is looked for by its name and by the build's id, which it carries as {@code
 * external_id}: if it is there it is changed, otherwise made; so a build has one check run from its
 * start to its end, also when it is restarted, and also when an answer was lost on its way.
 */
@NullMarked
package io.junction.dispatcher.notify.github;

import org.jspecify.annotations.NullMarked;
