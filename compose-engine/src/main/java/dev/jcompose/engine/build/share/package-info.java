/** Steps that builds take from and give to other machines: cache_from and cache_to. */
@NullMarked
package dev.jcompose.engine.build.share;

import org.jspecify.annotations.NullMarked;
