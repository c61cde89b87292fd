/** The routes of what containers are made of: images, volumes, networks. */
@NullMarked
package dev.jcompose.engine.http.routes.resource;

import org.jspecify.annotations.NullMarked;
