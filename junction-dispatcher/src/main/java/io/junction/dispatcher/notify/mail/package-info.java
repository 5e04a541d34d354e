/**
 * Mail, through the operator's server ({@code spring.mail.*}).
 *
 * <p>A delivery is one message in one transaction with the server, however many it is for: it has
 * taken the message for all whom it knows, or for nobody, so that another attempt sends it to
 * nobody twice. Nobody sees who else it goes to. Its {@code Message-ID} is the delivery's, the same
 * at each attempt, and all messages of a build refer to one that was never sent, by which they
 * thread.
 */
@NullMarked
package io.junction.dispatcher.notify.mail;

import org.jspecify.annotations.NullMarked;
