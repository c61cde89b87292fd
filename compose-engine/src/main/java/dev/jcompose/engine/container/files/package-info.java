/** Files of containers seen from outside: looked at, packed into archives, unpacked from them. */
@NullMarked
package dev.jcompose.engine.container.files;

import org.jspecify.annotations.NullMarked;
