/** From a client's request to a container's record: merge with the image, checks, mounts. */
@NullMarked
package dev.jcompose.engine.container.create;

import org.jspecify.annotations.NullMarked;
