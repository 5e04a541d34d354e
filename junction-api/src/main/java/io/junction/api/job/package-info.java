/** The scheduler's side over HTTP: submit, read, cancel, restart. */
@NullMarked
package io.junction.api.job;

import org.jspecify.annotations.NullMarked;
