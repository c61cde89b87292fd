/** The command that builds images. */
@NullMarked
package dev.jcompose.cli.command.build;

import org.jspecify.annotations.NullMarked;
