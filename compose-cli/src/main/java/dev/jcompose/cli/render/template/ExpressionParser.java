package dev.jcompose.cli.render.template;

import dev.jcompose.cli.render.template.Lexer.Kind;
import dev.jcompose.cli.render.template.Lexer.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one pipeline: calls separated by {@code |}, each one's value the last argument of the next.
 */
final class ExpressionParser {
  private final List<Token> tokens;
  private final String source;
  private int at;

  ExpressionParser(List<Token> tokens, String source) {
    this.tokens = tokens;
    this.source = source;
  }

  Expression whole() throws TemplateException {
    Expression value = pipeline();
    if (at < tokens.size()) {
      throw new TemplateException(
          "\"" + tokens.get(at).text() + "\" is not expected in {{" + source + "}}");
    }
    return value;
  }

  private Expression pipeline() throws TemplateException {
    Expression value = command(List.of());
    while (isSign("|")) {
      at++;
      value = command(List.of(value));
    }
    return value;
  }

  private Expression command(List<Expression> piped) throws TemplateException {
    if (at < tokens.size() && tokens.get(at).kind() == Kind.WORD) {
      String word = tokens.get(at).text();
      if (!word.equals("true") && !word.equals("false")) {
        at++;
        Function function = Function.find(word);
        List<Expression> arguments = new ArrayList<>();
        while (at < tokens.size() && !isSign("|") && !isSign(")")) {
          arguments.add(operand());
        }
        arguments.addAll(piped);
        return new Expression.Call(function, arguments);
      }
    }
    if (!piped.isEmpty()) {
      throw new TemplateException("what follows | must be a function in {{" + source + "}}");
    }
    Expression value = operand();
    if (value instanceof Expression.Path path && !path.names().isEmpty() && isOperand()) {
      return new Expression.Question(path, operand());
    }
    return value;
  }

  private boolean isOperand() {
    return at < tokens.size() && (tokens.get(at).kind() != Kind.SIGN || isSign("("));
  }

  private Expression operand() throws TemplateException {
    if (at >= tokens.size()) {
      throw new TemplateException("something is missing in {{" + source + "}}");
    }
    Token token = tokens.get(at++);
    return switch (token.kind()) {
      case PATH -> path(token.text());
      case TEXT -> new Expression.Literal(token.text());
      case NUMBER -> number(token.text());
      case WORD ->
          switch (token.text()) {
            case "true" -> new Expression.Literal(true);
            case "false" -> new Expression.Literal(false);
            default -> new Expression.Call(Function.find(token.text()), List.of());
          };
      case SIGN -> {
        if (!token.text().equals("(")) {
          throw new TemplateException(
              "\"" + token.text() + "\" is not expected in {{" + source + "}}");
        }
        Expression inner = pipeline();
        if (!isSign(")")) {
          throw new TemplateException("a ) is missing in {{" + source + "}}");
        }
        at++;
        yield members(inner);
      }
    };
  }

  private Expression members(Expression inner) {
    if (at < tokens.size()
        && tokens.get(at).kind() == Kind.PATH
        && tokens.get(at).text().length() > 1
        && tokens.get(at).text().startsWith(".")) {
      return new Expression.Member(inner, names(tokens.get(at++).text()));
    }
    return inner;
  }

  private boolean isSign(String sign) {
    return at < tokens.size()
        && tokens.get(at).kind() == Kind.SIGN
        && tokens.get(at).text().equals(sign);
  }

  private static Expression path(String text) {
    int dot = text.indexOf('.');
    String variable = text.startsWith("$") ? text.substring(0, dot < 0 ? text.length() : dot) : "";
    return new Expression.Path(variable, names(text.substring(variable.length())));
  }

  private static List<String> names(String path) {
    return Arrays.stream(path.split("\\.")).filter(name -> !name.isEmpty()).toList();
  }

  private Expression number(String text) throws TemplateException {
    try {
      return text.contains(".")
          ? new Expression.Literal(Double.parseDouble(text))
          : new Expression.Literal(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new TemplateException("\"" + text + "\" is not a number in {{" + source + "}}");
    }
  }
}
