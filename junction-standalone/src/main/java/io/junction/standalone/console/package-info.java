/** What the user sees, and how they end it. */
@NullMarked
package io.junction.standalone.console;

import org.jspecify.annotations.NullMarked;
