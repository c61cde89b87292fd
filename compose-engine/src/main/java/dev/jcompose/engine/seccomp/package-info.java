/** Seccomp profiles as data, resolved and compiled to classic BPF. */
@NullMarked
package dev.jcompose.engine.seccomp;

import org.jspecify.annotations.NullMarked;
