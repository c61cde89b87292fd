package dev.jcompose.engine.build.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keywords of the language, whatever the case they are written in. */
enum Keyword {
  ADD,
  ARG,
  CMD,
  COPY,
  ENTRYPOINT,
  ENV,
  EXPOSE,
  FROM,
  HEALTHCHECK,
  LABEL,
  MAINTAINER,
  ONBUILD,
  RUN,
  SHELL,
  STOPSIGNAL,
  USER,
  VOLUME,
  WORKDIR;

  static final List<String> NAMES = Arrays.stream(values()).map(Keyword::name).toList();

  /** The keyword a word is; null for none. */
  static @Nullable Keyword of(String word) {
    int index = NAMES.indexOf(word.toUpperCase(Locale.ROOT));
    return index < 0 ? null : values()[index];
  }

  boolean takesHeredocs() {
    return this == ADD || this == COPY || this == RUN;
  }
}
