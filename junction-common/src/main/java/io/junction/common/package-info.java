/** What api and dispatcher share: the domain and its tables. No process, no HTTP, no loop. */
@NullMarked
package io.junction.common;

import org.jspecify.annotations.NullMarked;
