/** The data folder: who uses it, its tokens, and the file that a shell can source. */
@NullMarked
package io.junction.standalone.folder;

import org.jspecify.annotations.NullMarked;
