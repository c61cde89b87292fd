/** Log files of containers: written, rotated, read and followed. */
@NullMarked
package dev.jcompose.engine.log;

import org.jspecify.annotations.NullMarked;
