/** How a service's image is built. */
@NullMarked
package dev.jcompose.core.project.build;

import org.jspecify.annotations.NullMarked;
