/** Plans as files, and what carrying one out took. */
@NullMarked
package dev.jcompose.cli.render.plan;

import org.jspecify.annotations.NullMarked;
