@NullMarked
package io.junction.dispatcher;

import org.jspecify.annotations.NullMarked;
