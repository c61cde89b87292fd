package dev.jcompose.core.port.stream;

/**
 * How to attach to a container.
 *
 * @param stdin whether we send input
 * @param output whether its output comes to us
 * @param replay whether what it wrote so far comes first
 */
public record AttachRequest(boolean stdin, boolean output, boolean replay) {}
