/** Verbs that look after the engine process. */
@NullMarked
package dev.jcompose.cli.command.engine;

import org.jspecify.annotations.NullMarked;
