/** From the text of a Dockerfile to its records: lines, directives, flags, words, instructions. */
@NullMarked
package dev.jcompose.engine.build.parse;

import org.jspecify.annotations.NullMarked;
