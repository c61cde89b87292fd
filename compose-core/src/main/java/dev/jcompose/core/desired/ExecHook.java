package dev.jcompose.core.desired;

import dev.jcompose.core.port.stream.ExecRequest;

/**
 * A command that runs in a container right after its start or right before its stop.
 *
 * @param name "post_start" or "pre_stop"
 */
public record ExecHook(String name, ExecRequest request) {}
