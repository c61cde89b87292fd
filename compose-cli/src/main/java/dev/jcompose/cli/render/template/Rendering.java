package dev.jcompose.cli.render.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One run of a template over its data. */
final class Rendering {
  private final StringBuilder text = new StringBuilder();
  private final Map<String, @Nullable Object> variables = new HashMap<>();

  private final Object root;
  private final Map<String, UnaryOperator<String>> questions;

  Rendering(Object root, Map<String, UnaryOperator<String>> questions) {
    this.root = root;
    this.questions = questions;
    variables.put("$", root);
  }

  String text() {
    return text.toString();
  }

  void print(List<Node> nodes, @Nullable Object dot) throws TemplateException {
    for (Node node : nodes) {
      switch (node) {
        case Node.Text plain -> text.append(plain.text());
        case Node.Print print -> text.append(Value.text(value(print.value(), dot)));
        case Node.Assign assign -> variables.put(assign.variable(), value(assign.value(), dot));
        case Node.Choice choice -> {
          Object condition = value(choice.condition(), dot);
          if (Value.isTrue(condition)) {
            print(choice.then(), choice.changesDot() ? condition : dot);
          } else {
            print(choice.otherwise(), dot);
          }
        }
        case Node.Loop loop -> loop(loop, dot);
      }
    }
  }

  private void loop(Node.Loop loop, @Nullable Object dot) throws TemplateException {
    Object over = value(loop.over(), dot);
    if (!Value.isTrue(over)) {
      print(loop.otherwise(), dot);
      return;
    }
    Map<?, ?> map = Value.fields(over);
    if (map != null) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
      for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
        step(loop, entry.getKey(), entry.getValue());
      }
    } else if (over instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        step(loop, (long) i, list.get(i));
      }
    } else {
      throw new TemplateException("range cannot go over \"" + Value.text(over) + "\"");
    }
  }

  private void step(Node.Loop loop, Object key, @Nullable Object element) throws TemplateException {
    if (!loop.key().isEmpty()) {
      variables.put(loop.key(), key);
    }
    if (!loop.element().isEmpty()) {
      variables.put(loop.element(), element);
    }
    print(loop.body(), element);
  }

  private @Nullable Object value(Expression expression, @Nullable Object dot)
      throws TemplateException {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Path path -> {
        if (!path.variable().isEmpty() && !variables.containsKey(path.variable())) {
          throw new TemplateException("there is no variable " + path.variable());
        }
        yield member(
            path.variable().isEmpty() ? dot : variables.get(path.variable()), path.names());
      }
      case Expression.Question question -> answer(question, dot);
      case Expression.Member member -> member(value(member.of(), dot), member.names());
      case Expression.Call call -> {
        List<Object> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
          Object value = value(argument, dot);
          arguments.add(value == null ? "" : value);
        }
        yield call.function().apply(arguments);
      }
    };
  }

  private String answer(Expression.Question question, @Nullable Object dot)
      throws TemplateException {
    List<String> names = question.path().names();
    String name = names.getLast();
    Expression of =
        new Expression.Path(question.path().variable(), names.subList(0, names.size() - 1));
    UnaryOperator<String> answers = root.equals(value(of, dot)) ? questions.get(name) : null;
    if (answers == null) {
      throw new TemplateException("." + name + " takes no argument");
    }
    return answers.apply(Value.text(value(question.argument(), dot)));
  }

  private static @Nullable Object member(@Nullable Object of, List<String> names)
      throws TemplateException {
    Object value = of;
    for (String name : names) {
      Map<?, ?> map = Value.fields(value);
      if (map == null) {
        throw new TemplateException("\"" + Value.text(value) + "\" has no field " + name);
      }
      if (!map.containsKey(name)) {
        List<String> known = new ArrayList<>();
        map.keySet().forEach(key -> known.add(String.valueOf(key)));
        throw new TemplateException(
            "there is no field ." + name + "; there are ." + String.join(", .", known));
      }
      value = map.get(name);
    }
    return value;
  }
}
