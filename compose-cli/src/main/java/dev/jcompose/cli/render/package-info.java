/** How progress, tables and log lines look. */
@NullMarked
package dev.jcompose.cli.render;

import org.jspecify.annotations.NullMarked;
