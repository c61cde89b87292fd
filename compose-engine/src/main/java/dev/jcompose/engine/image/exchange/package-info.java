/** Images as archives: written, read, and made of archives of files. */
@NullMarked
package dev.jcompose.engine.image.exchange;

import org.jspecify.annotations.NullMarked;
