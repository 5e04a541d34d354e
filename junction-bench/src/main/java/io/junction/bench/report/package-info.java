/** What comes out: a table for people, a JSON file for tools. */
@NullMarked
package io.junction.bench.report;

import org.jspecify.annotations.NullMarked;
