/** What should exist: a project turned into containers, networks, volumes and images to have. */
@NullMarked
package dev.jcompose.core.desired;

import org.jspecify.annotations.NullMarked;
