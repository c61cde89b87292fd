/** Pictures of a project: its services and what they need, as text for other programs or as SVG. */
@NullMarked
package dev.jcompose.cli.render.graph;

import org.jspecify.annotations.NullMarked;
