/**
 * What a model means without saying it: defaults, absolute paths, implied networks, dependencies
 * and names.
 */
@NullMarked
package dev.jcompose.core.normalize;

import org.jspecify.annotations.NullMarked;
