/** Wire records of the limits and devices a container is given. */
@NullMarked
package dev.jcompose.engine.api.resources;

import org.jspecify.annotations.NullMarked;
