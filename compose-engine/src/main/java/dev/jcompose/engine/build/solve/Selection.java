package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.copy.CopyException;
import dev.jcompose.engine.build.copy.CopySource;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.PathPattern;
import dev.jcompose.engine.build.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;

/** Finds what a source word of COPY means. */
final class Selection {
  private Selection() {}

  /**
   * Everything the word matches. A pattern that matches nothing copies nothing; a plain path must
   * be there.
   *
   * @param parents whether the folders of the sources are kept; only those after {@code /./}, when
   *     the word has that
   * @throws CopyException when a plain path is not there
   */
  static List<CopySource> of(FileTree tree, String word, boolean parents) throws CopyException {
    int pivot = parents ? word.indexOf("/./") : -1;
    int dropped =
        pivot < 0
            ? 0
            : (int)
                List.of(word.substring(0, pivot).split("/")).stream()
                    .filter(part -> !part.isEmpty() && !part.equals("."))
                    .count();
    PathPattern pattern = PathPattern.of(word);
    List<CopySource> found = new ArrayList<>();
    if (pattern.hasWildcards()) {
      for (TreeNode match : pattern.matches(tree)) {
        add(tree, match, parents, dropped, found);
      }
      return found;
    }
    TreeNode node = tree.find(PathPattern.unescaped(pattern.text()), false);
    if (node == null) {
      throw missing(word);
    }
    add(tree, node, parents, dropped, found);
    if (found.isEmpty()) {
      throw missing(word);
    }
    return found;
  }

  private static CopyException missing(String word) {
    String path = "/" + PathPattern.of(word).text();
    return new CopyException(
        "\""
            + path
            + "\" is not there; check the path, and that .dockerignore does not leave it out");
  }

  private static void add(
      FileTree tree, TreeNode match, boolean parents, int dropped, List<CopySource> found) {
    TreeNode node = tree.find(match.path(), true);
    if (node == null) {
      return;
    }
    found.add(new CopySource(tree, node, match.name(), parents ? kept(match, node, dropped) : ""));
  }

  private static String kept(TreeNode match, TreeNode node, int dropped) {
    List<String> parts = new ArrayList<>(List.of(match.path().split("/")));
    if (!node.facts().isDirectory()) {
      parts.removeLast();
    }
    return parts.size() <= dropped ? "" : String.join("/", parts.subList(dropped, parts.size()));
  }
}
