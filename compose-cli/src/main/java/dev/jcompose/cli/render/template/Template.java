package dev.jcompose.cli.render.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A template in the language of Go's text/template, as far as people use it in {@code --format}:
 * fields, {@code if}, {@code with}, {@code range}, variables, pipes and the functions of {@link
 * Function}. The data is what JSON can say: maps, lists, texts, numbers and truth values.
 */
public final class Template {
  private final List<Node> nodes;

  private Template(List<Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * Reads a template. Outside braces {@code \t} and {@code \n} written as two characters stand for
   * a tabulator and a line feed, as docker has it.
   *
   * @throws TemplateException when it is not one
   */
  public static Template parse(String source) throws TemplateException {
    return new Template(new TemplateParser(source).parse());
  }

  /**
   * The text for these fields.
   *
   * @throws TemplateException when it asks for a field that is not there, or a function refuses
   */
  public String render(Map<String, ?> fields) throws TemplateException {
    return render(fields, Map.of());
  }

  /**
   * The same for fields of which some are asked for with an argument.
   *
   * @param questions answers by the argument, such as {@code Label} for {@code .Label "tier"}
   */
  public String render(Map<String, ?> fields, Map<String, UnaryOperator<String>> questions)
      throws TemplateException {
    Rendering rendering = new Rendering(fields, questions);
    rendering.print(nodes, fields);
    return rendering.text();
  }
}
