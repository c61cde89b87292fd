/** Further processes inside running containers. */
@NullMarked
package dev.jcompose.engine.container.exec;

import org.jspecify.annotations.NullMarked;
