/** Verbs that look after images of this machine. */
@NullMarked
package dev.jcompose.cli.command.image;

import org.jspecify.annotations.NullMarked;
