/** Places queued jobs on workers. */
@NullMarked
package io.junction.dispatcher.dispatch;

import org.jspecify.annotations.NullMarked;
