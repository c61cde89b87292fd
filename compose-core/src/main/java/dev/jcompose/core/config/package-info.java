/** What the config command tells about a loaded project. */
@NullMarked
package dev.jcompose.core.config;

import org.jspecify.annotations.NullMarked;
