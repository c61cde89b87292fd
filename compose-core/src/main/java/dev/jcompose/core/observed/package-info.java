/** What does exist: the engine's containers, networks, volumes and images of one project. */
@NullMarked
package dev.jcompose.core.observed;

import org.jspecify.annotations.NullMarked;
