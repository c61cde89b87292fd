/** What a container is to be, and the port through which it is started and watched. */
@NullMarked
package dev.jcompose.engine.runtime;

import org.jspecify.annotations.NullMarked;
