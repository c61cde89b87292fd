/** Variables in the words of a Dockerfile: the lexer with its operators, and what is in scope. */
@NullMarked
package dev.jcompose.engine.build.expand;

import org.jspecify.annotations.NullMarked;
