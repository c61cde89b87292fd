package dev.jcompose.core.render;

import dev.jcompose.core.yaml.YamlMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code config} prints of a whole model, equal to docker compose's output. */
public final class ConfigOutput {
  private ConfigOutput() {}

  /** The languages a model is printed in. */
  public enum Format {
    /** The default. */
    YAML,
    /** With two blanks for each level. */
    JSON
  }

  /**
   * Prints a model.
   *
   * @param model the canonical model
   * @param format the language
   * @param interpolated whether variables are filled in; then a dollar sign is printed twice, so
   *     that the output can be read again
   * @return text with a line feed at its end
   */
  public static String print(YamlMap model, Format format, boolean interpolated) {
    boolean json = format == Format.JSON;
    Map<String, @Nullable Object> view = interpolated ? View.of(model, json) : rawMap(model, json);
    String text = json ? JsonPrinter.pretty(view) + "\n" : YamlPrinter.print(view);
    return interpolated ? text.replace("$", "$$") : text;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> rawMap(YamlMap model, boolean json) {
    Object raw = View.raw(model, json);
    return raw instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
