/** Which paths of a context do not count: {@code .dockerignore} and {@code --exclude}. */
@NullMarked
package dev.jcompose.engine.build.ignore;

import org.jspecify.annotations.NullMarked;
