/** What a client tells an engine so that it can log in to registries. */
@NullMarked
package dev.jcompose.engine.api.login;

import org.jspecify.annotations.NullMarked;
