/** Verbs that only look at a project. */
@NullMarked
package dev.jcompose.cli.command.look;

import org.jspecify.annotations.NullMarked;
