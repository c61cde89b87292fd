package dev.jcompose.engine.build.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A source path of COPY with wildcards, as Go's {@code filepath.Match} reads them: {@code *} and
 * {@code ?} within one component, {@code [a-z]} and {@code [^a-z]}, and a backslash before a
 * character that means itself. With {@code --parents}, a component {@code **} stands for any number
 * of directories.
 */
public final class PathPattern {
  private final List<String> components;

  private PathPattern(List<String> components) {
    this.components = components;
  }

  /** The pattern of a path; empty and {@code .} components do not count, {@code ..} goes up. */
  public static PathPattern of(String text) {
    List<String> components = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        if (!components.isEmpty()) {
          components.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        components.add(part);
      }
    }
    return new PathPattern(List.copyOf(components));
  }

  /** Whether it has wildcards; otherwise it is the path of one file. */
  public boolean hasWildcards() {
    return components.stream().anyMatch(PathPattern::isWild);
  }

  /** The path without leading slash; escapes are still in it. */
  public String text() {
    return String.join("/", components);
  }

  private static boolean isWild(String component) {
    for (int i = 0; i < component.length(); i++) {
      switch (component.charAt(i)) {
        case '*', '?', '[' -> {
          return true;
        }
        case '\\' -> i++;
        default -> {}
      }
    }
    return false;
  }

  /**
   * What it matches, in the order of names. Links on the way are followed.
   *
   * @throws IllegalArgumentException when a component is no pattern
   */
  public List<TreeNode> matches(FileTree tree) {
    List<TreeNode> found = new ArrayList<>();
    match(tree, tree.top(), 0, found);
    return found;
  }

  private void match(FileTree tree, TreeNode at, int index, List<TreeNode> found) {
    if (index == components.size()) {
      if (!found.contains(at)) {
        found.add(at);
      }
      return;
    }
    if (!at.facts().isDirectory()) {
      if (!at.facts().isSymlink()) {
        return;
      }
      TreeNode target = tree.find(at.path(), true);
      if (target == null || !target.facts().isDirectory()) {
        return;
      }
      match(tree, target, index, found);
      return;
    }
    String component = components.get(index);
    if (component.equals("**")) {
      match(tree, at, index + 1, found);
      for (TreeNode child : tree.children(at).values()) {
        if (child.facts().isDirectory()) {
          match(tree, child, index, found);
        } else if (index + 1 == components.size()) {
          match(tree, child, index + 1, found);
        }
      }
      return;
    }
    if (!isWild(component)) {
      TreeNode child = tree.children(at).get(unescaped(component));
      if (child != null) {
        match(tree, child, index + 1, found);
      }
      return;
    }
    Pattern pattern = regex(component);
    for (TreeNode child : tree.children(at).values()) {
      if (pattern.matcher(child.name()).matches()) {
        match(tree, child, index + 1, found);
      }
    }
  }

  /** A path component with the backslashes of its escapes taken out. */
  public static String unescaped(String component) {
    return component.replaceAll("\\\\(.)", "$1");
  }

  static Pattern regex(String component) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> {
          int end = component.indexOf(']', i + 2);
          if (end < 0) {
            throw new IllegalArgumentException("\"" + component + "\" has a [ without a ]");
          }
          boolean negated = component.charAt(i + 1) == '^';
          regex.append(negated ? "[^" : "[");
          regex.append(
              component
                  .substring(negated ? i + 2 : i + 1, end)
                  .replace("[", "\\[")
                  .replace("&&", "&\\&"));
          regex.append(']');
          i = end;
        }
        case '\\' -> {
          if (i + 1 == component.length()) {
            throw new IllegalArgumentException("\"" + component + "\" ends with a backslash");
          }
          regex.append(Pattern.quote(component.substring(i + 1, i + 2)));
          i++;
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("\"" + component + "\" is no pattern", e);
    }
  }
}
