/** Lists for people: aligned columns, ages and ports in words. */
@NullMarked
package dev.jcompose.cli.render.table;

import org.jspecify.annotations.NullMarked;
