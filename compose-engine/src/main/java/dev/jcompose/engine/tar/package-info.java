/** Tar archives, byte for byte: a writer whose output depends on its input alone, and a reader. */
@NullMarked
package dev.jcompose.engine.tar;

import org.jspecify.annotations.NullMarked;
