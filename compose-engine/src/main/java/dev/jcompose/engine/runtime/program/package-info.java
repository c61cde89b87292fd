/** Compiles what a container is to be into launch programs. */
@NullMarked
package dev.jcompose.engine.runtime.program;

import org.jspecify.annotations.NullMarked;
