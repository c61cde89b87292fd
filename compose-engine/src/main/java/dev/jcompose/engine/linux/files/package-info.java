/** Files by directory descriptor and one name, so that no symbolic link is followed by accident. */
@NullMarked
package dev.jcompose.engine.linux.files;

import org.jspecify.annotations.NullMarked;
