/** End-to-end tests: what a person types, against the built distribution and real containers. */
@NullMarked
package dev.jcompose.samples;

import org.jspecify.annotations.NullMarked;
