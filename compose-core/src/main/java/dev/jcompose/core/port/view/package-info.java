/** What an engine says about the containers, networks, volumes and images it has. */
@NullMarked
package dev.jcompose.core.port.view;

import org.jspecify.annotations.NullMarked;
