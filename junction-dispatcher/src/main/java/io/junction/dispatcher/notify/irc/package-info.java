/**
 * IRC: a visit to a server, a few lines in its channels, and away again.
 *
 * <p>Each line is cut and freed of whatever a server or a reader's client would obey. A delivery
 * has arrived when the server has answered a question that was asked after the last line: until
 * then it may have refused any of them.
 */
@NullMarked
package io.junction.dispatcher.notify.irc;

import org.jspecify.annotations.NullMarked;
