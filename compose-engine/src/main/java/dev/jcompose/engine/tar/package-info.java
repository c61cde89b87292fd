/**
 * Tar archives, byte for byte: a writer whose output depends on its input alone, a reader, and
 * files of this machine as an archive.
 */
@NullMarked
package dev.jcompose.engine.tar;

import org.jspecify.annotations.NullMarked;
