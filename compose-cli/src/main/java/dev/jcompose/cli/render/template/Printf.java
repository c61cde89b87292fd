package dev.jcompose.cli.render.template;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's {@code printf} with the verbs s, v, q, d, f, t and x, and with widths and precisions. */
final class Printf {
  private static final Pattern VERB = Pattern.compile("%([-+0 #]*)(\\d*)(\\.\\d+)?([svqdftx%])");

  private Printf() {}

  static String print(String format, List<Object> arguments) throws TemplateException {
    Matcher verb = VERB.matcher(format);
    StringBuilder text = new StringBuilder();
    int end = 0;
    int next = 0;
    while (verb.find()) {
      text.append(format, end, verb.start());
      end = verb.end();
      if (verb.group(4).equals("%")) {
        text.append('%');
        continue;
      }
      if (next == arguments.size()) {
        throw new TemplateException("printf has more verbs than arguments");
      }
      text.append(one(verb, arguments.get(next++)));
    }
    return text.append(format.substring(end)).toString();
  }

  private static String one(Matcher verb, Object value) throws TemplateException {
    String precision = verb.group(3) == null ? "" : verb.group(3);
    String text =
        switch (verb.group(4)) {
          case "q" -> "\"" + Value.text(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
          case "d" -> Long.toString(number(value).longValue());
          case "x" -> Long.toHexString(number(value).longValue());
          case "f" ->
              String.format(
                  Locale.ROOT,
                  "%" + (precision.isEmpty() ? ".6" : precision) + "f",
                  number(value).doubleValue());
          case "s" -> cut(Value.text(value), precision);
          default -> Value.text(value);
        };
    int width = verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2));
    String padding = " ".repeat(Math.clamp((long) width - text.length(), 0, 10_000));
    return verb.group(1).contains("-") ? text + padding : padding + text;
  }

  private static String cut(String text, String precision) {
    int most = precision.isEmpty() ? text.length() : Integer.parseInt(precision.substring(1));
    return text.substring(0, Math.min(most, text.length()));
  }

  private static Number number(Object value) throws TemplateException {
    if (value instanceof Number number) {
      return number;
    }
    throw new TemplateException("\"" + Value.text(value) + "\" is not a number");
  }
}
