/** Verbs that work on a Compose project. */
@NullMarked
package dev.jcompose.cli.command.project;

import org.jspecify.annotations.NullMarked;
