package dev.jcompose.core.port.stream;

import org.jspecify.annotations.Nullable;

/**
 * How to attach to a container.
 *
 * @param stdin whether we send input
 * @param output whether its output comes to us
 * @param replay whether what it wrote so far comes first
 * @param detachKeys the keys that end the session and leave the container running, such as {@code
 *     ctrl-p,ctrl-q}; null for the engine's
 */
public record AttachRequest(
    boolean stdin, boolean output, boolean replay, @Nullable String detachKeys) {}
