/** The contract as OpenAPI, generated from the code. */
@NullMarked
package io.junction.api.openapi;

import org.jspecify.annotations.NullMarked;
