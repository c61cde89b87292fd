package dev.jcompose.core.port.view;

/**
 * Something mounted in a container.
 *
 * @param type "bind", "volume", "tmpfs" or "image"
 * @param name the volume's name, empty for other types
 * @param source where it is on the host, or which image it is; empty for a tmpfs
 * @param target where it is in the container
 * @param writable false when it is read-only
 */
public record MountView(String type, String name, String source, String target, boolean writable) {}
