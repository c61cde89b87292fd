package dev.jcompose.core.project.mount;

/**
 * A device of the host given to a service.
 *
 * @param source path on the host, or a CDI name {@code vendor/class=name}
 * @param target path in the container
 * @param permissions some of {@code rwm}
 */
public record Device(String source, String target, String permissions) {}
