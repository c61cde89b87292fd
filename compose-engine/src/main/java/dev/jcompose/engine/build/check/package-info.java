/** The build checks: what is allowed in a Dockerfile but probably not meant. */
@NullMarked
package dev.jcompose.engine.build.check;

import org.jspecify.annotations.NullMarked;
