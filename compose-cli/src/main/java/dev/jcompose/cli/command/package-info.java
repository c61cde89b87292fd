/** How a verb is described, found and read from its arguments. */
@NullMarked
package dev.jcompose.cli.command;

import org.jspecify.annotations.NullMarked;
