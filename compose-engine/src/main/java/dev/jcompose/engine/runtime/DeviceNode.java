package dev.jcompose.engine.runtime;

/**
 * A device node made in the container.
 *
 * @param path absolute path inside the container
 * @param type {@code b}, {@code c}, or {@code p} for a named pipe
 * @param mode permission bits
 */
public record DeviceNode(
    String path, char type, int major, int minor, int mode, int uid, int gid) {}
