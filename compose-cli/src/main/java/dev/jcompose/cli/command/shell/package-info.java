/** What shells and readers of manuals want to know of the command line. */
@NullMarked
package dev.jcompose.cli.command.shell;

import org.jspecify.annotations.NullMarked;
