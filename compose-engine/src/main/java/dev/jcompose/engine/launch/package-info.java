/**
 * Launch programs: tables of system calls laid out as tiny ELF images with an interpreter, and
 * their text form.
 */
@NullMarked
package dev.jcompose.engine.launch;

import org.jspecify.annotations.NullMarked;
