/** Wire records of what a container is asked to be: its image-level and its host-level settings. */
@NullMarked
package dev.jcompose.engine.api.config;

import org.jspecify.annotations.NullMarked;
