/**
 * The judge of the limits: replays the event log commit by commit, and says where more ran than
 * might; and the town that gives it something to judge.
 */
@NullMarked
package io.junction.dispatcher.history;

import org.jspecify.annotations.NullMarked;
