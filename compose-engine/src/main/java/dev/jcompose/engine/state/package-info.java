/**
 * Where the engine keeps things, and how it writes them so that a crash never leaves half a file.
 */
@NullMarked
package dev.jcompose.engine.state;

import org.jspecify.annotations.NullMarked;
