/** The canonical model printed as YAML or JSON, and its hashes. */
@NullMarked
package dev.jcompose.core.render;

import org.jspecify.annotations.NullMarked;
