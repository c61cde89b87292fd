/**
 * From files on disk to a project: discovery, documents, include, extends and the order of all
 * phases.
 */
@NullMarked
package dev.jcompose.core.load;

import org.jspecify.annotations.NullMarked;
