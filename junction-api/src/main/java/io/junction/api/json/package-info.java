/** How strictly a request is read. */
@NullMarked
package io.junction.api.json;

import org.jspecify.annotations.NullMarked;
