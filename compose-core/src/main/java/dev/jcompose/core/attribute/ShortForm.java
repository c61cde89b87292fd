package dev.jcompose.core.attribute;

/** The short form an attribute may be written in, named after what becomes of it. */
public enum ShortForm {
  /** There is none. */
  NONE(""),
  /** A list of {@code K=V} becomes a map of text; a key without a value gets an empty one. */
  PAIRS("a list of KEY=value"),
  /** The same, but a key without a value stays so: it is taken from elsewhere. */
  VARIABLES("a list of KEY=value"),
  /** One text becomes a list of it. */
  LIST_OF_ONE("text"),
  /** One text becomes a list of shell words. */
  WORDS("text"),
  /** One text becomes {@code ["CMD-SHELL", text]}. */
  SHELL_TEST("text"),
  /** A list of names becomes a map of names to nothing. */
  NAMES("a list of names"),
  /** A list of names becomes a map of names to conditions. */
  DEPENDENCIES("a list of names"),
  /** One text becomes {@code {context: text}}. */
  CONTEXT("a path"),
  /** One text becomes {@code {service: text}}. */
  SERVICE("a name"),
  /** Paths become {@code {path: text, required: true}}. */
  ENV_FILES("a path"),
  /** {@code source:target:permissions} becomes a map. */
  DEVICE("text such as /dev/null:/dev/null:r"),
  /** {@code all} becomes a request for all. */
  GPUS("all"),
  /** {@code ip:published:target/protocol} becomes a map for each port. */
  PORTS(""),
  /** {@code source:target:options} becomes a map. */
  MOUNT("text such as data:/data"),
  /** A name becomes {@code {source: name}}. */
  FILE_REFERENCE("a name"),
  /** A number stays; a map of soft and hard stays. */
  ULIMIT("a whole number"),
  /** {@code host=ip} lists and maps become a map of hosts to addresses. */
  HOSTS("a list of host=address"),
  /** {@code id=path} lists become a map. */
  SSH("a list of id=path"),
  /** {@code external: {name: x}} becomes {@code name: x, external: true}. */
  EXTERNAL(""),
  /** A path becomes {@code {path: [path]}}. */
  INCLUDE("");

  private final String accepted;

  ShortForm(String accepted) {
    this.accepted = accepted;
  }

  /** Whether docker compose leaves it as it is written when variables are not filled in. */
  public boolean isFreeWithVariables() {
    return switch (this) {
      case PAIRS, VARIABLES, WORDS, SHELL_TEST, HOSTS -> true;
      case NONE,
          LIST_OF_ONE,
          SSH,
          NAMES,
          DEPENDENCIES,
          CONTEXT,
          SERVICE,
          ENV_FILES,
          DEVICE,
          GPUS,
          PORTS,
          MOUNT ->
          false;
      case FILE_REFERENCE, ULIMIT, EXTERNAL, INCLUDE -> false;
    };
  }

  /** Whether it is a list of {@code K=V} for a map. */
  public boolean isPairs() {
    return this == PAIRS || this == VARIABLES || this == HOSTS;
  }

  /**
   * What may be written instead of the long form, for messages; empty when that is not worth
   * telling.
   */
  public String accepted() {
    return accepted;
  }
}
