/** Archives that come out of containers, unpacked into files of this machine. */
@NullMarked
package dev.jcompose.cli.files;

import org.jspecify.annotations.NullMarked;
