/** Registration, drain and retirement of workers. */
@NullMarked
package io.junction.api.worker;

import org.jspecify.annotations.NullMarked;
