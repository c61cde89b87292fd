package dev.jcompose.core.port.view;

/**
 * Something mounted in a container.
 *
 * @param type "bind", "volume" or "tmpfs"
 * @param name the volume's name, empty for other types
 * @param source where it is on the host, empty for a tmpfs
 * @param target where it is in the container
 * @param writable false when it is read-only
 */
public record MountView(String type, String name, String source, String target, boolean writable) {}
