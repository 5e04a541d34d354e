/**
 * Whose turn it is in a queue whose slots are scarce. {@link io.junction.common.turn.Turns} decides
 * it and is pure; {@link io.junction.common.turn.WaitingStatements} reads what it decides by.
 */
@NullMarked
package io.junction.common.turn;

import org.jspecify.annotations.NullMarked;
