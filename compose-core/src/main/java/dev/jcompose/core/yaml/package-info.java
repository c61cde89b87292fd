/** YAML text as nodes that know where they were written; bounded, so that no file can hurt. */
@NullMarked
package dev.jcompose.core.yaml;

import org.jspecify.annotations.NullMarked;
