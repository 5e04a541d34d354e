package io.junction.dispatcher.notify;

import io.junction.common.subscription.BuildNews;
import io.junction.common.subscription.Target;
import java.util.UUID;

/**
 * What is to be sent, and where to.
 *
 * @param delivery the same at each attempt, so that a target can tell a repetition
 */
public record Message(UUID delivery, Target target, BuildNews news) {}
