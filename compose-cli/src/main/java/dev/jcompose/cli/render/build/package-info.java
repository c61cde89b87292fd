/** How builds look while they run. */
@NullMarked
package dev.jcompose.cli.render.build;

import org.jspecify.annotations.NullMarked;
