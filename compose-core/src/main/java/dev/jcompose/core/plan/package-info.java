/** Pure planning: desired and observed in, a printable graph of single engine calls out. */
@NullMarked
package dev.jcompose.core.plan;

import org.jspecify.annotations.NullMarked;
