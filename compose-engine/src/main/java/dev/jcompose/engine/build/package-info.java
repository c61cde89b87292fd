/** Builds of images from Dockerfiles; each phase is a package below. */
@NullMarked
package dev.jcompose.engine.build;

import org.jspecify.annotations.NullMarked;
