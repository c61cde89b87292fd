/** Output of many containers on one terminal: whole lines, aligned coloured prefixes. */
@NullMarked
package dev.jcompose.cli.render.log;

import org.jspecify.annotations.NullMarked;
