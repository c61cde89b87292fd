/** The part of Go's text/template that people write in {@code --format}. */
@NullMarked
package dev.jcompose.cli.render.template;

import org.jspecify.annotations.NullMarked;
