package dev.jcompose.core.project.process;

import org.jspecify.annotations.Nullable;

/**
 * A model a service uses.
 *
 * @param endpointVariable variable that gets the URL; null for the default name
 * @param modelVariable variable that gets the model's name; null for the default name
 */
public record ModelBinding(@Nullable String endpointVariable, @Nullable String modelVariable) {}
