/** The routes that build images. */
@NullMarked
package dev.jcompose.engine.http.routes.build;

import org.jspecify.annotations.NullMarked;
