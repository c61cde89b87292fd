package dev.jcompose.engine.build.mount;

import dev.jcompose.engine.build.source.SlashPath;
import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the value of {@code RUN --mount}. */
public final class MountParser {
  /** Expands the variables of one value. */
  @FunctionalInterface
  public interface Expander {
    /** The value without variables and quotes. */
    String expand(String value) throws SyntaxException;
  }

  /** What each type may have beside {@code type} and {@code target}. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "bind", Set.of("from", "source", "readonly", "readwrite"),
          "cache",
              Set.of(
                  "id", "from", "source", "readonly", "readwrite", "sharing", "mode", "uid", "gid"),
          "tmpfs", Set.of("size"),
          "secret", Set.of("id", "source", "env", "required", "mode", "uid", "gid"),
          "ssh", Set.of("id", "required", "mode", "uid", "gid"));

  private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");
  private static final List<String> SHARINGS = List.of("shared", "private", "locked");

  private MountParser() {}

  /**
   * Looks at a value before its variables are known. Whatever depends on one is left to {@link
   * #parse}.
   *
   * @throws SyntaxException when it cannot mean anything whatever the variables are
   */
  public static void check(String text) throws SyntaxException {
    MountFields fields = new MountFields(text);
    if (fields.text("from").indexOf('$') >= 0) {
      throw new SyntaxException(
          fields.text("from"),
          "the field from of --mount has a variable, which is not expanded there",
          "write FROM " + fields.text("from") + " AS name above, and from=name");
    }
    if (text.indexOf('$') < 0) {
      typed(fields);
    }
  }

  /**
   * Reads a value.
   *
   * @throws SyntaxException when it means nothing
   */
  public static RunMount parse(String text, Expander expander) throws SyntaxException {
    MountFields fields = new MountFields(text);
    Map<String, String> expanded = new HashMap<>();
    for (String name : fields.names()) {
      expanded.put(name, expander.expand(fields.text(name)));
    }
    expanded.forEach(fields::set);
    return typed(fields);
  }

  /**
   * What a value takes files from; empty for the context, and for types that take none.
   *
   * @throws SyntaxException when it cannot mean anything whatever the variables are
   */
  public static String from(String text) throws SyntaxException {
    return new MountFields(text).text("from");
  }

  private static RunMount typed(MountFields fields) throws SyntaxException {
    String type = fields.has("type") ? fields.text("type").toLowerCase(Locale.ROOT) : "bind";
    Set<String> allowed = FIELDS.get(type);
    if (allowed == null) {
      throw new SyntaxException(
          fields.text("type"),
          "\"" + fields.text("type") + "\" is no type of --mount",
          Spelling.didYouMean(type, TYPES, "use one of " + String.join(", ", TYPES)));
    }
    for (String name : fields.names()) {
      if (!name.equals("type") && !name.equals("target") && !allowed.contains(name)) {
        throw new SyntaxException(
            name, "a mount of type " + type + " has no field " + name, "remove it");
      }
    }
    return switch (type) {
      case "cache" -> cache(fields);
      case "tmpfs" -> new RunMount.Tmpfs(target(fields), fields.size());
      case "secret" -> secret(fields);
      case "ssh" ->
          new RunMount.Ssh(
              fields.text("target"),
              fields.text("id").isEmpty() ? "default" : fields.text("id"),
              fields.isOn("required"),
              owner(fields));
      default ->
          new RunMount.Bind(
              target(fields), fields.text("from"), source(fields), isReadOnly(fields, true));
    };
  }

  private static RunMount cache(MountFields fields) throws SyntaxException {
    String target = target(fields);
    String id = fields.text("id").isEmpty() ? SlashPath.clean(target) : fields.text("id");
    String sharing = fields.text("sharing").toLowerCase(Locale.ROOT);
    if (!sharing.isEmpty() && !SHARINGS.contains(sharing)) {
      throw fields.wrong(
          "sharing", Spelling.didYouMean(sharing, SHARINGS, "use shared, private or locked"));
    }
    return new RunMount.Cache(
        target,
        id,
        fields.text("from"),
        source(fields),
        isReadOnly(fields, false),
        sharing.isEmpty()
            ? RunMount.Sharing.SHARED
            : RunMount.Sharing.valueOf(sharing.toUpperCase(Locale.ROOT)),
        owner(fields));
  }

  private static RunMount secret(MountFields fields) throws SyntaxException {
    String target = fields.text("target");
    String given = fields.text("id");
    if (!given.isEmpty() && fields.has("source")) {
      throw new SyntaxException(
          "source", "a secret has either an id or a source", "remove source from --mount");
    }
    String id = given.isEmpty() ? fields.text("source") : given;
    if (id.isEmpty()) {
      id = target.substring(target.lastIndexOf('/') + 1);
    }
    if (id.isEmpty()) {
      throw new SyntaxException("--mount", "the secret has no id", "write id=NAME in --mount");
    }
    String environment = fields.text("env");
    if (target.isEmpty() && environment.isEmpty()) {
      target = "/run/secrets/" + id.substring(id.lastIndexOf('/') + 1);
    }
    return new RunMount.Secret(target, id, environment, fields.isOn("required"), owner(fields));
  }

  private static String target(MountFields fields) throws SyntaxException {
    String target = fields.text("target");
    if (target.isEmpty()) {
      throw new SyntaxException("--mount", "--mount has no target", "write target=/path in it");
    }
    if (SlashPath.clean(target).equals("/")) {
      throw new SyntaxException(
          target, "--mount cannot cover the whole file system", "write a path below / as target");
    }
    return target;
  }

  private static String source(MountFields fields) {
    return fields.text("source").isEmpty() ? "/" : fields.text("source");
  }

  private static boolean isReadOnly(MountFields fields, boolean otherwise) throws SyntaxException {
    if (fields.has("readwrite")) {
      return !fields.isOn("readwrite");
    }
    return fields.has("readonly") ? fields.isOn("readonly") : otherwise;
  }

  private static RunMount.Ownership owner(MountFields fields) throws SyntaxException {
    Integer uid = fields.number("uid", 10);
    Integer gid = fields.number("gid", 10);
    return new RunMount.Ownership(
        fields.number("mode", 8), uid == null ? 0 : uid, gid == null ? 0 : gid);
  }
}
