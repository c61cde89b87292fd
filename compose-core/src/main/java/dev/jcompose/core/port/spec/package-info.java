/** What is asked of an engine when it creates a container, a network or a volume. */
@NullMarked
package dev.jcompose.core.port.spec;

import org.jspecify.annotations.NullMarked;
