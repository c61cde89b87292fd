package dev.jcompose.cli.render.table;

import dev.jcompose.cli.render.template.Template;
import dev.jcompose.cli.render.template.TemplateException;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code --format} of a verb that lists: {@code table}, {@code table TEMPLATE}, {@code
 * json} or a template for each row.
 */
public final class RowFormat {
  /** How the rows are put together as JSON; docker compose differs from verb to verb. */
  public enum JsonShape {
    /** One object on a line. */
    LINES,
    /** One array on a line. */
    ARRAY
  }

  /** What {@code --format} takes, for help. */
  public static final String SENTENCE =
      "table, json, a Go template such as '{{.Name}}', or \"table TEMPLATE\".";

  private final String verb;
  private final String text;
  private final JsonShape shape;
  private final @Nullable Template template;

  private RowFormat(String verb, String text, JsonShape shape, @Nullable Template template) {
    this.verb = verb;
    this.text = text;
    this.shape = shape;
    this.template = template;
  }

  /**
   * Reads the option.
   *
   * @param verb such as {@code jcompose ps}, for the sentence when it cannot be read
   * @param text null when the option was not given
   */
  public static RowFormat parse(String verb, @Nullable String text, JsonShape shape) {
    String format = text == null || text.isBlank() ? "table" : text.strip();
    if (format.equals("table") || format.equals("json")) {
      return new RowFormat(verb, format, shape, null);
    }
    boolean table = format.startsWith("table ") || format.startsWith("table\\t");
    String source = table ? format.substring("table".length()).stripLeading() : format;
    if (!source.contains("{{")) {
      throw UserError.usage(
          verb
              + " --format \""
              + format
              + "\" is not available; write table, json or a template such as '{{.Name}}'");
    }
    try {
      return new RowFormat(verb, table ? "table" : format, shape, Template.parse(source));
    } catch (TemplateException e) {
      throw refused(verb, format, e);
    }
  }

  /** The rows as they are printed, each line with its end. */
  public String print(Listing listing) {
    Template asked = template;
    if (asked == null) {
      return text.equals("table") ? listing.table().toString() : json(listing.rows());
    }
    if (!text.equals("table")) {
      StringBuilder lines = new StringBuilder();
      rendered(asked, listing).forEach(line -> lines.append(line).append('\n'));
      return lines.toString();
    }
    return table(asked, listing).toString();
  }

  private Table table(Template asked, Listing listing) {
    Map<String, Object> titles = new LinkedHashMap<>();
    for (Map<String, Object> row : listing.rows()) {
      row.keySet().forEach(field -> titles.put(field, title(field, listing)));
    }
    listing.titles().forEach(titles::put);
    String[] heads = render(asked, titles, Map.of("Label", RowFormat::labelTitle)).split("\t", -1);
    Table table = new Table(heads);
    for (String row : rendered(asked, listing)) {
      // A field with tabulators in it must not make more columns.
      table.row(Arrays.copyOf(row.split("\t", heads.length), heads.length));
    }
    return table;
  }

  private List<String> rendered(Template asked, Listing listing) {
    List<Map<String, Object>> rows = listing.rows();
    List<String> rendered = new ArrayList<>(rows.size());
    List<Map<String, String>> labels = listing.labels();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> own = labels.isEmpty() ? Map.of() : labels.get(i);
      rendered.add(
          render(
              asked,
              rows.get(i),
              labels.isEmpty() ? Map.of() : Map.of("Label", name -> own.getOrDefault(name, ""))));
    }
    return rendered;
  }

  /** What docker writes over a label: the last part of its name. */
  private static String labelTitle(String label) {
    return label.substring(label.lastIndexOf('.') + 1).replace('-', ' ').replace('_', ' ');
  }

  private static String title(String field, Listing listing) {
    return listing
        .titles()
        .getOrDefault(
            field, field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(java.util.Locale.ROOT));
  }

  private String json(List<Map<String, Object>> rows) {
    return switch (shape) {
      case ARRAY -> Json.print(rows) + "\n";
      case LINES -> {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(Json.print(row)).append('\n'));
        yield lines.toString();
      }
    };
  }

  private String render(
      Template asked, Map<String, ?> row, Map<String, UnaryOperator<String>> questions) {
    try {
      return asked.render(row, questions);
    } catch (TemplateException e) {
      throw refused(verb, text, e);
    }
  }

  private static UserError refused(String verb, String format, TemplateException problem) {
    return UserError.usage(
        verb
            + " --format \""
            + format
            + "\" cannot be used: "
            + problem.text()
            + "; write table, json or a template such as '{{.Name}}'");
  }
}
