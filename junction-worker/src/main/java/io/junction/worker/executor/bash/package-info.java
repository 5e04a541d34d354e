/** Commands, each in a session of its own, on a leash, and with bounded output. */
@NullMarked
package io.junction.worker.executor.bash;

import org.jspecify.annotations.NullMarked;
