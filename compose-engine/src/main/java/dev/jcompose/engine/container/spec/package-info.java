/** What a container was asked to be: immutable values, stored and echoed as given. */
@NullMarked
package dev.jcompose.engine.container.spec;

import org.jspecify.annotations.NullMarked;
