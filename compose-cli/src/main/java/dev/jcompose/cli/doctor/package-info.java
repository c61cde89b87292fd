/** What {@code doctor} looks at: whether this machine can run containers, and what to mend. */
@NullMarked
package dev.jcompose.cli.doctor;

import org.jspecify.annotations.NullMarked;
