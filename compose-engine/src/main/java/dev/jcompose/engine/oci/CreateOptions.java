package dev.jcompose.engine.oci;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a process is connected to who asked for it.
 *
 * @param consoleSocket a unix socket that takes the terminal, null when the process has none
 * @param pidFile written with the process id once there is one, null for none
 */
public record CreateOptions(@Nullable Path consoleSocket, @Nullable Path pidFile) {}
