/** The story that ./junction demo tells, and the checks that it has to pass. */
@NullMarked
package io.junction.standalone.demo;

import org.jspecify.annotations.NullMarked;
