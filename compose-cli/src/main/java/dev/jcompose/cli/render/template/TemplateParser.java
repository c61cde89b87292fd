package dev.jcompose.cli.render.template;

import dev.jcompose.cli.render.template.Lexer.Kind;
import dev.jcompose.cli.render.template.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into text and actions and nests what belongs between a word and its end. */
final class TemplateParser {
  private static final Pattern ACTION =
      Pattern.compile(
          "\\{\\{(-\\s)?((?:\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|(?!\\}\\}).)*?)(\\s-)?\\}\\}",
          Pattern.DOTALL);

  private record Piece(boolean action, String text) {}

  private final List<Piece> pieces = new ArrayList<>();
  private int at;

  TemplateParser(String source) throws TemplateException {
    Matcher action = ACTION.matcher(source);
    int end = 0;
    boolean trim = false;
    while (action.find()) {
      addText(source.substring(end, action.start()), trim, action.group(1) != null);
      String inside = action.group(2).strip();
      if (!inside.startsWith("/*")) {
        pieces.add(new Piece(true, inside));
      }
      trim = action.group(3) != null;
      end = action.end();
    }
    String rest = source.substring(end);
    if (rest.contains("{{")) {
      throw new TemplateException("\"{{\" is not closed; write }} after it");
    }
    addText(rest, trim, false);
  }

  List<Node> parse() throws TemplateException {
    List<Node> nodes = block();
    if (at < pieces.size()) {
      throw new TemplateException("{{" + pieces.get(at).text() + "}} closes nothing");
    }
    return nodes;
  }

  private void addText(String text, boolean trimStart, boolean trimEnd) {
    String trimmed = trimStart ? text.stripLeading() : text;
    trimmed = trimEnd ? trimmed.stripTrailing() : trimmed;
    if (!trimmed.isEmpty()) {
      pieces.add(new Piece(false, trimmed.replace("\\t", "\t").replace("\\n", "\n")));
    }
  }

  private List<Node> block() throws TemplateException {
    List<Node> nodes = new ArrayList<>();
    while (at < pieces.size()) {
      Piece piece = pieces.get(at);
      if (!piece.action()) {
        nodes.add(new Node.Text(piece.text()));
        at++;
        continue;
      }
      List<Token> tokens = Lexer.tokens(piece.text());
      String first =
          tokens.isEmpty() || tokens.get(0).kind() != Kind.WORD ? "" : tokens.get(0).text();
      if (first.equals("end") || first.equals("else")) {
        return nodes;
      }
      at++;
      nodes.add(
          switch (first) {
            case "if", "with" -> choice(first.equals("with"), tail(tokens, 1), piece.text());
            case "range" -> loop(tail(tokens, 1), piece.text());
            default -> single(tokens, piece.text());
          });
    }
    return nodes;
  }

  private Node single(List<Token> tokens, String source) throws TemplateException {
    if (tokens.size() > 2 && isAssignment(tokens.get(0), tokens.get(1))) {
      return new Node.Assign(tokens.get(0).text(), expression(tail(tokens, 2), source));
    }
    return new Node.Print(expression(tokens, source));
  }

  private Node choice(boolean changesDot, List<Token> tokens, String source)
      throws TemplateException {
    Expression condition = expression(tokens, source);
    List<Node> then = block();
    return new Node.Choice(condition, changesDot, then, otherwise(source));
  }

  private Node loop(List<Token> tokens, String source) throws TemplateException {
    String key = "";
    String element = "";
    List<Token> over = tokens;
    if (tokens.size() > 2 && isAssignment(tokens.get(0), tokens.get(1))) {
      element = tokens.get(0).text();
      over = tail(tokens, 2);
    } else if (tokens.size() > 4
        && tokens.get(1).text().equals(",")
        && isAssignment(tokens.get(2), tokens.get(3))) {
      key = tokens.get(0).text();
      element = tokens.get(2).text();
      over = tail(tokens, 4);
    }
    Expression value = expression(over, source);
    List<Node> body = block();
    return new Node.Loop(key, element, value, body, otherwise(source));
  }

  // At `else`, `else if …` or `end`; consumes up to the end of the whole construct.
  private List<Node> otherwise(String opened) throws TemplateException {
    if (at >= pieces.size()) {
      throw new TemplateException("{{" + opened + "}} has no {{end}}");
    }
    String source = pieces.get(at++).text();
    List<Token> tokens = Lexer.tokens(source);
    if (tokens.get(0).text().equals("end")) {
      return List.of();
    }
    if (tokens.size() > 1) {
      String word = tokens.get(1).text();
      if (word.equals("if") || word.equals("with")) {
        return List.of(choice(word.equals("with"), tail(tokens, 2), source));
      }
      throw new TemplateException("{{" + source + "}} is not understood");
    }
    List<Node> otherwise = block();
    if (at >= pieces.size() || !pieces.get(at).text().equals("end")) {
      throw new TemplateException("{{" + opened + "}} has no {{end}}");
    }
    at++;
    return otherwise;
  }

  private static boolean isAssignment(Token variable, Token sign) {
    return variable.kind() == Kind.PATH
        && variable.text().startsWith("$")
        && sign.kind() == Kind.SIGN
        && (sign.text().equals(":=") || sign.text().equals("="));
  }

  private static Expression expression(List<Token> tokens, String source) throws TemplateException {
    return new ExpressionParser(tokens, source).whole();
  }

  private static List<Token> tail(List<Token> tokens, int from) {
    return tokens.subList(from, tokens.size());
  }
}
