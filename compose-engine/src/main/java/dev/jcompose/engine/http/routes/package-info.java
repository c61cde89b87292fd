/** The routes of the Docker Engine API and of our own, one class per resource. */
@NullMarked
package dev.jcompose.engine.http.routes;

import org.jspecify.annotations.NullMarked;
