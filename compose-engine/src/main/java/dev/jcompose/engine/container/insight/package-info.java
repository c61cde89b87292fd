/** A look inside running containers: processes and resource use. */
@NullMarked
package dev.jcompose.engine.container.insight;

import org.jspecify.annotations.NullMarked;
