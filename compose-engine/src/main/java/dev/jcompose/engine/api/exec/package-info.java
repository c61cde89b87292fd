/** Wire records of commands run inside a running container. */
@NullMarked
package dev.jcompose.engine.api.exec;

import org.jspecify.annotations.NullMarked;
