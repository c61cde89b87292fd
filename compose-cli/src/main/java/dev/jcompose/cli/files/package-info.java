/** Files of this machine as archives, for copying into containers and out of them. */
@NullMarked
package dev.jcompose.cli.files;

import org.jspecify.annotations.NullMarked;
