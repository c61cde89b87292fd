package dev.jcompose.core.attribute;

/** The short form an attribute may be written in, named after what becomes of it. */
public enum ShortForm {
  /** There is none. */
  NONE,
  /** A list of {@code K=V} becomes a map of text; a key without a value gets an empty one. */
  PAIRS,
  /** The same, but a key without a value stays so: it is taken from elsewhere. */
  VARIABLES,
  /** One text becomes a list of it. */
  LIST_OF_ONE,
  /** One text becomes a list of shell words. */
  WORDS,
  /** One text becomes {@code ["CMD-SHELL", text]}. */
  SHELL_TEST,
  /** A list of names becomes a map of names to nothing. */
  NAMES,
  /** A list of names becomes a map of names to conditions. */
  DEPENDENCIES,
  /** One text becomes {@code {context: text}}. */
  CONTEXT,
  /** One text becomes {@code {service: text}}. */
  SERVICE,
  /** Paths become {@code {path: text, required: true}}. */
  ENV_FILES,
  /** {@code source:target:permissions} becomes a map. */
  DEVICE,
  /** {@code all} becomes a request for all. */
  GPUS,
  /** {@code ip:published:target/protocol} becomes a map for each port. */
  PORTS,
  /** {@code source:target:options} becomes a map. */
  MOUNT,
  /** A name becomes {@code {source: name}}. */
  FILE_REFERENCE,
  /** A number stays; a map of soft and hard stays. */
  ULIMIT,
  /** {@code host=ip} lists and maps become a map of hosts to addresses. */
  HOSTS,
  /** {@code id=path} lists become a map. */
  SSH,
  /** {@code external: {name: x}} becomes {@code name: x, external: true}. */
  EXTERNAL,
  /** A path becomes {@code {path: [path]}}. */
  INCLUDE,
  /** Several paths in one rule become several rules. */
  WATCH
}
