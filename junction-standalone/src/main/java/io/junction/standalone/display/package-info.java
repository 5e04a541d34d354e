/** The live table of jobs, and its plain counterpart for pipes. */
@NullMarked
package io.junction.standalone.display;

import org.jspecify.annotations.NullMarked;
