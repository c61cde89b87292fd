package dev.jcompose.engine.build.share;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.build.mount.CsvFields;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Reference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry of {@code cache_from} or {@code cache_to}: {@code type=…,…}, or an image's name. */
public sealed interface SharedPlace {
  /**
   * An OCI image layout in a folder.
   *
   * @param all whether the steps of all stages are written, and not only those of the result
   */
  record Folder(Path path, boolean all) implements SharedPlace {}

  /** A name at a registry; {@code all} as for a folder. */
  record Registry(Reference reference, boolean all) implements SharedPlace {}

  /** The image that is built, which then names the steps of its own layers. */
  record Inline() implements SharedPlace {}

  /** Settings of BuildKit's that choose between forms of which this engine has one. */
  Set<String> FORMS =
      Set.of(
          "compression",
          "compression-level",
          "force-compression",
          "oci-mediatypes",
          "image-manifest");

  /**
   * Reads an entry.
   *
   * @param writing whether it is of {@code cache_to}
   * @throws EngineException.InvalidRequest in a sentence
   */
  static SharedPlace parse(String text, boolean writing) {
    String entry = (writing ? "cache_to" : "cache_from") + ": \"" + text + "\"";
    Map<String, String> fields = fields(entry, text);
    String type = fields.getOrDefault("type", "registry");
    String mode = fields.getOrDefault("mode", "min");
    if (!Set.of("min", "max").contains(mode)) {
      throw new EngineException.InvalidRequest(entry + " has mode=" + mode + "; write min or max");
    }
    boolean all = mode.equals("max");
    Set<String> known =
        switch (type) {
          case "local" -> Set.of("type", "src", "dest", "mode", "ignore-error");
          case "registry" -> Set.of("type", "ref", "mode", "ignore-error");
          case "inline" -> Set.of("type");
          default ->
              throw new EngineException.InvalidRequest(
                  entry
                      + " has type="
                      + type
                      + ", which is not there; write local, registry or inline");
        };
    for (String key : fields.keySet()) {
      if (!known.contains(key) && !FORMS.contains(key)) {
        throw new EngineException.InvalidRequest(
            entry + " has \"" + key + "\", which type=" + type + " does not take; leave it out");
      }
    }
    return switch (type) {
      case "local" -> new Folder(folder(entry, fields.get(writing ? "dest" : "src"), writing), all);
      case "registry" -> new Registry(reference(entry, fields.get("ref")), all);
      default -> new Inline();
    };
  }

  private static Map<String, String> fields(String entry, String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (String field : CsvFields.split(text)) {
        int equals = field.indexOf('=');
        if (equals < 0) {
          // A name alone is an image.
          fields.put("ref", field);
        } else {
          fields.put(
              field.substring(0, equals).toLowerCase(Locale.ROOT), field.substring(equals + 1));
        }
      }
    } catch (SyntaxException e) {
      throw new EngineException.InvalidRequest(entry + ": " + e.text() + "; " + e.nextMove());
    }
    return fields;
  }

  private static Path folder(String entry, @Nullable String path, boolean writing) {
    if (path == null || !path.startsWith("/")) {
      throw new EngineException.InvalidRequest(
          entry + " has no absolute folder; write " + (writing ? "dest" : "src") + "=FOLDER");
    }
    return Path.of(path);
  }

  private static Reference reference(String entry, @Nullable String name) {
    if (name == null) {
      throw new EngineException.InvalidRequest(entry + " names no image; write ref=NAME");
    }
    try {
      return Reference.parse(name).orLatest();
    } catch (BadReferenceException e) {
      throw new EngineException.InvalidRequest(entry + ": " + e.getMessage());
    }
  }
}
