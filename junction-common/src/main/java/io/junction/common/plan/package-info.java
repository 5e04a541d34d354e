/** Which job goes to which worker: a function of a snapshot, without database, clock or chance. */
@NullMarked
package io.junction.common.plan;

import org.jspecify.annotations.NullMarked;
