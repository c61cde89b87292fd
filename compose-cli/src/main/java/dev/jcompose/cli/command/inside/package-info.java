/** Verbs that work inside a container. */
@NullMarked
package dev.jcompose.cli.command.inside;

import org.jspecify.annotations.NullMarked;
