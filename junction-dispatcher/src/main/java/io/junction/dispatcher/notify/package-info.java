/** Tells the world of builds: deliveries out of the events, and those who carry them. */
@NullMarked
package io.junction.dispatcher.notify;

import org.jspecify.annotations.NullMarked;
