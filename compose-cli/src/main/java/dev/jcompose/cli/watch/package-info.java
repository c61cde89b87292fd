/** Files that change on this machine, and what the rules of {@code develop.watch} make of them. */
@NullMarked
package dev.jcompose.cli.watch;

import org.jspecify.annotations.NullMarked;
