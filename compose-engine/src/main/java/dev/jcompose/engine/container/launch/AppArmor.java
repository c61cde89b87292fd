package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.ProcFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The profiles of AppArmor that this machine has loaded. */
final class AppArmor {
  private static final Path ENABLED = Path.of("/sys/module/apparmor/parameters/enabled");
  private static final Path PROFILES = Path.of("/sys/kernel/security/apparmor/profiles");
  private static final String UNCONFINED = "unconfined";

  /** The profile Docker loads for its containers; used when somebody has loaded it. */
  private static final String STANDARD = "docker-default";

  private AppArmor() {}

  /** Whether the kernel has it and it is switched on. */
  static boolean isOn() {
    try {
      return Files.exists(ENABLED) && ProcFile.read(ENABLED).equals("Y");
    } catch (IOException e) {
      return false;
    }
  }

  /** What a container gets that does not ask; null for none. */
  static @Nullable String standard() {
    return isOn() && loaded().contains(STANDARD) ? STANDARD : null;
  }

  /**
   * A profile that was asked for by name.
   *
   * @throws EngineException.InvalidRequest when it is not loaded
   */
  static String require(String name) {
    if (!name.equals(UNCONFINED) && !loaded().contains(name)) {
      throw new EngineException.InvalidRequest(
          "AppArmor profile \"" + name + "\" is not loaded; load it with apparmor_parser first");
    }
    return name;
  }

  private static List<String> loaded() {
    try {
      return parse(Files.readAllLines(PROFILES));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Lines are of the form {@code NAME (MODE)}. */
  static List<String> parse(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst(" \\([a-z]+\\)$", "")).toList();
  }
}
