/** The user's terminal: is there one, how wide is it, and its raw mode. */
@NullMarked
package dev.jcompose.cli.terminal;

import org.jspecify.annotations.NullMarked;
