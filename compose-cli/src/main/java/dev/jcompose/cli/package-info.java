/** The commands people type. */
@NullMarked
package dev.jcompose.cli;

import org.jspecify.annotations.NullMarked;
