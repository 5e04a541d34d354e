package io.junction.dispatcher.limit;

import org.jspecify.annotations.Nullable;

/**
 * A job that asks to be let into its queue.
 *
 * @param owner whom a limit would count it for
 * @param held whether it has to wait until its last worker has surely stopped it
 */
record CreatedJob(long id, @Nullable String owner, boolean held) {}
