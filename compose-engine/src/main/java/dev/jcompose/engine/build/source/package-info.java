/** The text of a Dockerfile, places in it, and what is wrong at such a place. */
@NullMarked
package dev.jcompose.engine.build.source;

import org.jspecify.annotations.NullMarked;
