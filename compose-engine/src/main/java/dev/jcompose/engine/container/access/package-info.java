/** What clients reach in a container from outside: its streams, its log, its files. */
@NullMarked
package dev.jcompose.engine.container.access;

import org.jspecify.annotations.NullMarked;
