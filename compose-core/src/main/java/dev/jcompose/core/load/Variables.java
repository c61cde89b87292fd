package dev.jcompose.core.load;

import dev.jcompose.core.dotenv.DotEnv;
import dev.jcompose.core.dotenv.DotEnvException;
import dev.jcompose.core.interpolate.Lookup;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The project environment: the process's own variables, then those of env files, and where each
 * came from.
 */
final class Variables implements Lookup {
  private final Map<String, String> values;
  private final Map<String, String> sources;

  private Variables(Map<String, String> values, Map<String, String> sources) {
    this.values = values;
    this.sources = sources;
  }

  static Variables of(Map<String, String> environment) {
    return new Variables(new LinkedHashMap<>(environment), new HashMap<>());
  }

  /** The same, free to grow. */
  Variables copy() {
    return new Variables(new LinkedHashMap<>(values), new HashMap<>(sources));
  }

  @Override
  public @Nullable String get(String name) {
    return values.get(name);
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /**
   * Whether a variable says yes; unset or empty it says no.
   *
   * @throws ComposeException when it says neither
   */
  boolean isTrue(String name) throws ComposeException {
    String value = get(name, "");
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "1", "t", "true", "y", "yes", "on" -> true;
      case "0", "f", "false", "n", "no", "off", "" -> false;
      default ->
          throw new ComposeException(
              new Problem(
                  Location.NONE,
                  "",
                  name + " is \"" + value + "\", neither yes nor no",
                  "write true or false"));
    };
  }

  Map<String, String> values() {
    return values;
  }

  /** The variables with where they came from, for those who explain. */
  VariableScope scope() {
    return new VariableScope(values, sources);
  }

  void set(String name, String value, String source) {
    values.put(name, value);
    sources.put(name, source);
  }

  /**
   * Reads env files under the variables that are known: those win. Of the files, a later one wins.
   */
  void read(Session session, Iterable<NamedFile> files) throws ComposeException {
    Map<String, String> read = new LinkedHashMap<>();
    Map<String, String> readFrom = new HashMap<>();
    for (NamedFile file : files) {
      String name = session.display(file.path());
      String text = session.text(file, "an env file");
      for (Map.Entry<String, DotEnv.Value> entry :
          parse(session, name, text, key -> known(read, key)).entrySet()) {
        read.put(entry.getKey(), entry.getValue().value());
        readFrom.put(entry.getKey(), name + ":" + entry.getValue().line());
      }
    }
    for (Map.Entry<String, String> entry : read.entrySet()) {
      if (values.putIfAbsent(entry.getKey(), entry.getValue()) == null) {
        sources.put(entry.getKey(), readFrom.getOrDefault(entry.getKey(), ""));
      }
    }
  }

  private @Nullable String known(Map<String, String> read, String key) {
    String value = values.get(key);
    return value != null ? value : read.get(key);
  }

  static Map<String, DotEnv.Value> parse(Session session, String name, String text, Lookup outside)
      throws ComposeException {
    try {
      return DotEnv.parse(
          text,
          outside,
          (variable, line) ->
              session
                  .problems()
                  .warn(
                      new Location(name, line, 1),
                      "",
                      "the variable " + variable + " is not set and becomes empty"),
          session.growth());
    } catch (DotEnvException e) {
      throw unreadable(name, e);
    }
  }

  static ComposeException unreadable(String name, DotEnvException e) {
    return new ComposeException(
        new Problem(new Location(name, e.line(), 1), "", e.text(), e.nextMove()));
  }
}
