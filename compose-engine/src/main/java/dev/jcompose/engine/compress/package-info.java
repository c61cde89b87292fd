/** The compressions of archives, told apart by their first bytes. */
@NullMarked
package dev.jcompose.engine.compress;

import org.jspecify.annotations.NullMarked;
