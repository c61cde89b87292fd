package dev.jcompose.core.config;

import dev.jcompose.core.interpolate.Template;
import dev.jcompose.core.interpolate.TemplateException;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.VariableScope;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells for each value of a model what made it so: place, variables, what it replaced, defaults.
 */
final class Explainer {
  private final LoadedProject loaded;
  private final String wanted;
  private final List<Explanation> explanations = new ArrayList<>();

  Explainer(LoadedProject loaded, String wanted) {
    this.loaded = loaded;
    this.wanted = wanted;
  }

  List<Explanation> explain() {
    node(loaded.model(), "");
    return explanations;
  }

  private void node(YamlNode node, String path) {
    if (!isOnTheWay(path)) {
      return;
    }
    switch (node) {
      case YamlMap map -> {
        for (YamlMap.Entry entry : map) {
          node(entry.value(), path.isEmpty() ? entry.key() : path + "." + entry.key());
        }
        if (map.isEmpty() && isWanted(path)) {
          add(path, "{}", map);
        }
      }
      case YamlList list -> list(list, path);
      case YamlScalar scalar -> {
        if (isWanted(path)) {
          add(path, scalar.isNull() ? "(nothing)" : scalar.string(), scalar);
        }
      }
    }
  }

  private void list(YamlList list, String path) {
    boolean words = !list.isEmpty();
    for (YamlNode item : list) {
      words &= item instanceof YamlScalar;
    }
    if ((list.isEmpty() || list.origin().replaced() != null) && words && isWanted(path)) {
      // A list that replaced another is one value: its items have no story of their own.
      add(path, text(list), list);
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      node(list.get(i), path + "[" + i + "]");
    }
  }

  /** Whether the path leads to the wanted one, or is below it. */
  private boolean isOnTheWay(String path) {
    return path.isEmpty() || isWanted(path) || isPart(wanted, path);
  }

  private boolean isWanted(String path) {
    return wanted.isEmpty() || isPart(path, wanted);
  }

  private static boolean isPart(String path, String of) {
    return path.startsWith(of)
        && (path.length() == of.length()
            || path.charAt(of.length()) == '.'
            || path.charAt(of.length()) == '[');
  }

  private void add(String path, String value, YamlNode node) {
    List<String> reasons = new ArrayList<>();
    reasons.add(reason(node.origin()));
    YamlNode replaced = node.origin().replaced();
    while (replaced != null) {
      reasons.add("instead of " + text(replaced) + ", " + reason(replaced.origin()));
      replaced = replaced.origin().replaced();
    }
    explanations.add(new Explanation(path, value, reasons));
  }

  private static String text(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.isNull() ? "(nothing)" : scalar.string();
      case YamlList list -> {
        StringBuilder text = new StringBuilder();
        for (YamlNode item : list) {
          text.append(text.isEmpty() ? "" : " ").append(text(item));
        }
        yield "[" + text + "]";
      }
      case YamlMap _ -> "{...}";
    };
  }

  private String reason(Origin origin) {
    StringBuilder reason = new StringBuilder();
    if (origin.location().line() > 0) {
      reason.append(origin.location());
    } else {
      reason.append(origin.cause());
    }
    String template = origin.template();
    if (template != null) {
      VariableScope scope = loaded.variablesOf(origin.location().file());
      reason.append(": ").append(template);
      for (String name : variables(template)) {
        reason.append("; ").append(scope.explain(name));
      }
    }
    return reason.toString();
  }

  private static Set<String> variables(String template) {
    Set<String> names = new LinkedHashSet<>();
    try {
      Template.visit(template, reference -> names.add(reference.name()));
    } catch (TemplateException _) {
      // It was filled in once, so it can be read; if not, there is nothing to say about it.
      return Set.of();
    }
    return names;
  }
}
