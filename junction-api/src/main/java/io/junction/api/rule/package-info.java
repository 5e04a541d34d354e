/** The rules that decide the queue of a job over HTTP: put, read, and tried. */
@NullMarked
package io.junction.api.rule;

import org.jspecify.annotations.NullMarked;
