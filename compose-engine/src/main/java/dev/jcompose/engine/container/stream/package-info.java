/** The bytes a container reads and writes while clients watch. */
@NullMarked
package dev.jcompose.engine.container.stream;

import org.jspecify.annotations.NullMarked;
