/** What is being done, shown on standard error: redrawn on a terminal, line by line elsewhere. */
@NullMarked
package dev.jcompose.cli.render.progress;

import org.jspecify.annotations.NullMarked;
