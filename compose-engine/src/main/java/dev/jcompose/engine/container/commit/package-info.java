/** Images made of containers. */
@NullMarked
package dev.jcompose.engine.container.commit;

import org.jspecify.annotations.NullMarked;
