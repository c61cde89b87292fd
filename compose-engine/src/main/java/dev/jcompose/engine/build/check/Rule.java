package dev.jcompose.engine.build.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules of BuildKit's linter, frontend 1.26, by their names there. */
public enum Rule {
  /** A stage has capitals in its name. */
  STAGE_NAME_CASING,
  /** FROM and AS are written in different cases. */
  FROM_AS_CASING,
  /** An instruction has empty lines in it. */
  NO_EMPTY_CONTINUATION,
  /** A keyword is written in another case than most. */
  CONSISTENT_INSTRUCTION_CASING,
  /** Two stages have the same name. */
  DUPLICATE_STAGE_NAME,
  /** A stage is called scratch or context. */
  RESERVED_STAGE_NAME,
  /** CMD or ENTRYPOINT runs a shell that does not pass signals on. */
  JSON_ARGS_RECOMMENDED("JSONArgsRecommended"),
  /** MAINTAINER is used. */
  MAINTAINER_DEPRECATED,
  /** FROM uses a variable that no ARG before it declares. */
  UNDEFINED_ARG_IN_FROM,
  /** The first WORKDIR of a stage depends on the base image. */
  WORKDIR_RELATIVE_PATH,
  /** A variable is used that nothing sets. */
  UNDEFINED_VAR,
  /** CMD, ENTRYPOINT or HEALTHCHECK is there twice in a stage. */
  MULTIPLE_INSTRUCTIONS_DISALLOWED,
  /** ENV or LABEL is written without an equals sign. */
  LEGACY_KEY_VALUE_FORMAT,
  /** The base image is for another platform than was asked for. */
  INVALID_BASE_IMAGE_PLATFORM,
  /** FROM asks for the platform it gets anyway. */
  REDUNDANT_TARGET_PLATFORM,
  /** ARG or ENV seem to hold a secret. */
  SECRETS_USED_IN_ARG_OR_ENV,
  /** Without build arguments FROM has no usable image. */
  INVALID_DEFAULT_ARG_IN_FROM,
  /** FROM has a fixed platform. */
  FROM_PLATFORM_FLAG_CONST_DISALLOWED,
  /** COPY or ADD names a path the ignore file leaves out. */
  COPY_IGNORED_FILE,
  /** A comment above a stage or ARG does not describe it. */
  INVALID_DEFINITION_DESCRIPTION,
  /** EXPOSE has a protocol with capitals. */
  EXPOSE_PROTO_CASING,
  /** EXPOSE has an address or a port of the host. */
  EXPOSE_INVALID_FORMAT;

  private final String title;

  Rule() {
    StringBuilder camel = new StringBuilder();
    for (String word : name().split("_", -1)) {
      camel.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    this.title = camel.toString();
  }

  Rule(String title) {
    this.title = title;
  }

  /** The name people write and read: {@code StageNameCasing}. */
  public String title() {
    return title;
  }

  /** Whether it is looked at only when somebody asks for it. */
  public boolean isExperimental() {
    return this == INVALID_DEFINITION_DESCRIPTION;
  }

  /** Where it is explained. */
  public String url() {
    String kebab = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "https://docs.docker.com/go/dockerfile/rule/" + kebab + "/";
  }

  /** The rule of a name, in any case; null for none. */
  static @Nullable Rule of(String title) {
    return Arrays.stream(values())
        .filter(rule -> rule.title.equalsIgnoreCase(title))
        .findFirst()
        .orElse(null);
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Rule::title).toList();
  }
}
