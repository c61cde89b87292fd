/**
 * Images made from this machine's own programs: ELF headers are read, libraries found, files
 * copied.
 */
@NullMarked
package dev.jcompose.engine.image.host;

import org.jspecify.annotations.NullMarked;
