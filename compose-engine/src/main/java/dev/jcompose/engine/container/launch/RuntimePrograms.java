package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the program behind {@code runtime}. */
public final class RuntimePrograms {
  /** The engine's own runtime. */
  public static final String OWN = "jcompose";

  private static final List<String> PLACES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private RuntimePrograms() {}

  /**
   * The program of a runtime, by name or absolute path; null for the engine's own.
   *
   * @throws EngineException.InvalidRequest when there is none
   */
  public static @Nullable Path find(String name) {
    if (name.isEmpty() || name.equals(OWN)) {
      return null;
    }
    if (name.startsWith("/") && Files.isExecutable(Path.of(name))) {
      return Path.of(name);
    }
    for (String place : name.matches("[A-Za-z0-9_.-]+") ? PLACES : List.<String>of()) {
      Path candidate = Path.of(place, name);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new EngineException.InvalidRequest(
        "unknown or invalid runtime name: "
            + name
            + "; install a program of that name that takes the arguments of runc, or leave runtime"
            + " out to use the engine's own");
  }
}
