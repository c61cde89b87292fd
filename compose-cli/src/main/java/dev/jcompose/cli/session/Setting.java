package dev.jcompose.cli.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every environment variable the command line reads, with what it does. Options win over them. */
public enum Setting {
  ROOT("JCOMPOSE_ROOT", "/var/lib/jcompose", "Directory with all state of the engine to use."),
  HOST(
      "JCOMPOSE_HOST",
      "",
      "Address of another Docker-compatible engine, written unix:///path/to/socket."),
  IMAGE_LIMIT(
      "JCOMPOSE_IMAGE_LIMIT",
      "0",
      "Size the images are kept below, such as 20G, read when the engine starts; what no image has"
          + " goes first, then images without a name."),
  BUILD_CACHE_LIMIT(
      "JCOMPOSE_BUILD_CACHE_LIMIT",
      "0",
      "Size that layers and cache mounts which only builds keep stay below, such as 10G, read when"
          + " the engine starts; the longest unused go first."),
  SERIAL("JCOMPOSE_SERIAL", "0", "1 runs every plan one step after the other, in a fixed order."),
  FILE("COMPOSE_FILE", "", "Compose files, separated by COMPOSE_PATH_SEPARATOR."),
  PATH_SEPARATOR("COMPOSE_PATH_SEPARATOR", ":", "What separates the files in COMPOSE_FILE."),
  PROJECT_NAME("COMPOSE_PROJECT_NAME", "", "Name of the project."),
  PROFILES("COMPOSE_PROFILES", "", "Profiles to enable, separated by commas."),
  ENV_FILES("COMPOSE_ENV_FILES", ".env", "Environment files, separated by commas."),
  DISABLE_ENV_FILE("COMPOSE_DISABLE_ENV_FILE", "false", "true leaves the file .env unread."),
  PARALLEL_LIMIT(
      "COMPOSE_PARALLEL_LIMIT", "-1", "How many images are fetched, sent or built at once."),
  IGNORE_ORPHANS(
      "COMPOSE_IGNORE_ORPHANS",
      "false",
      "true does not mention containers of services no longer in the file."),
  REMOVE_ORPHANS(
      "COMPOSE_REMOVE_ORPHANS",
      "false",
      "true removes containers of services no longer in the file."),
  CONVERT_WINDOWS_PATHS(
      "COMPOSE_CONVERT_WINDOWS_PATHS", "false", "true reads C:\\x under volumes as /c/x."),
  COMPATIBILITY(
      "COMPOSE_COMPATIBILITY", "false", "true names containers and built images with underscores."),
  PROGRESS("COMPOSE_PROGRESS", "auto", "How progress is shown: auto, tty, plain, json or quiet."),
  STATUS_STDOUT(
      "COMPOSE_STATUS_STDOUT", "false", "true shows progress on standard output, not on error."),
  ANSI("COMPOSE_ANSI", "auto", "When colours are used: auto, always or never."),
  NO_COLOR("NO_COLOR", "", "Any text here switches colours off, whatever --ansi says."),
  BUILD_PROGRESS("BUILDKIT_PROGRESS", "auto", "How build shows progress without --progress."),
  DEFAULT_PLATFORM(
      "DOCKER_DEFAULT_PLATFORM",
      "",
      "Platform of images whose service names none, such as linux/arm64; also from .env."),
  MENU("COMPOSE_MENU", "true", "false shows no line with keys under an attached up."),
  COLUMNS("COLUMNS", "", "Width of the terminal, where it cannot be asked.");

  private final String variable;
  private final String defaultValue;
  private final String sentence;

  Setting(String variable, String defaultValue, String sentence) {
    this.variable = variable;
    this.defaultValue = defaultValue;
    this.sentence = sentence;
  }

  /** Name of the environment variable. */
  public String variable() {
    return variable;
  }

  /** What applies when the variable is unset; empty when nothing does. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it does, one sentence for help and documentation. */
  public String sentence() {
    return sentence;
  }

  /** The value in this environment, null when unset or empty. */
  public @Nullable String in(Map<String, String> environment) {
    String value = environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * Whether the value in this environment is a yes: 1, t, true, y, yes or on, in any case.
   *
   * @throws UserError when it is neither that nor a no
   */
  public boolean isOn(Map<String, String> environment) {
    String value = in(environment);
    return value != null
        && switch (value.toLowerCase(java.util.Locale.ROOT)) {
          case "1", "t", "true", "y", "yes", "on" -> true;
          case "0", "f", "false", "n", "no", "off" -> false;
          default ->
              throw UserError.usage(
                  variable + " is \"" + value + "\", neither yes nor no; write true or false");
        };
  }
}
