package dev.jcompose.engine.build.ignore;

import dev.jcompose.engine.build.source.BuildProblems;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.SourceText;
import dev.jcompose.engine.build.source.SyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of an ignore file, or of {@code --exclude}. The last pattern that matches a path or
 * a folder above it decides; {@code !} lets in again. May be used by several threads.
 */
public final class IgnoreRules {
  /** Leaves nothing out. */
  public static final IgnoreRules NONE = new IgnoreRules(List.of());

  /** Longer files are no ignore files. */
  private static final long LONGEST = 4_000_000;

  private final List<IgnorePattern> patterns;
  private final Map<String, BitSet> folders = new ConcurrentHashMap<>();

  private IgnoreRules(List<IgnorePattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads the ignore file of a context: {@code <Dockerfile>.dockerignore} beside the Dockerfile,
   * else {@code .dockerignore} in the context, else none.
   *
   * @param dockerfile null when it is in no file
   * @throws DockerfileException when a line of it is no pattern
   */
  public static IgnoreRules of(Path context, @Nullable Path dockerfile) throws IOException {
    List<Path> candidates = new ArrayList<>();
    if (dockerfile != null) {
      candidates.add(dockerfile.resolveSibling(dockerfile.getFileName() + ".dockerignore"));
    }
    candidates.add(context.resolve(".dockerignore"));
    for (Path file : candidates) {
      if (Files.isRegularFile(file)) {
        if (Files.size(file) > LONGEST) {
          throw new IOException(file + " is longer than four million bytes; shorten it");
        }
        String name = String.valueOf(file.getFileName());
        return parse(
            name, new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return NONE;
  }

  /**
   * Reads the text of an ignore file.
   *
   * @throws DockerfileException with every line that is no pattern
   */
  public static IgnoreRules parse(String name, String text) {
    SourceText source = SourceText.of(name, text);
    BuildProblems problems = new BuildProblems(source);
    List<IgnorePattern> patterns = new ArrayList<>();
    for (int i = 0; i < source.lines().size(); i++) {
      String line = source.lines().get(i);
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      try {
        patterns.add(IgnorePattern.parse(line.strip()));
      } catch (SyntaxException e) {
        problems.addAt(new SourceRange(i + 1, i + 1), e.word(), e.text(), e.nextMove());
      }
    }
    problems.throwIfAny();
    return new IgnoreRules(patterns);
  }

  /**
   * Reads the values of {@code --exclude}.
   *
   * @throws SyntaxException when one of them is no pattern
   */
  public static IgnoreRules excluding(List<String> excludes) throws SyntaxException {
    List<IgnorePattern> patterns = new ArrayList<>();
    for (String exclude : excludes) {
      if (exclude.isBlank()) {
        throw new SyntaxException("--exclude", "--exclude has no pattern", "remove it");
      }
      patterns.add(IgnorePattern.parse(exclude.strip()));
    }
    return new IgnoreRules(patterns);
  }

  /** Whether nothing can be left out. */
  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether something may be let in again. */
  public boolean hasExceptions() {
    return patterns.stream().anyMatch(IgnorePattern::includes);
  }

  /**
   * Whether a path is left out.
   *
   * @param path relative, with slashes, without a leading one; the context itself, empty or {@code
   *     .}, is never left out
   */
  public boolean excludes(String path) {
    if (patterns.isEmpty() || path.isEmpty() || path.equals(".")) {
      return false;
    }
    BitSet matched = matched(path);
    for (int i = patterns.size() - 1; i >= 0; i--) {
      if (matched.get(i)) {
        return !patterns.get(i).includes();
      }
    }
    return false;
  }

  /**
   * Whether something below a directory that is left out may be let in again, so that whoever walks
   * the tree must go on.
   */
  public boolean mayIncludeBelow(String directory) {
    return patterns.stream()
        .anyMatch(pattern -> pattern.includes() && pattern.mayMatchBelow(directory));
  }

  /** Which patterns match a path or a folder above it. */
  private BitSet matched(String path) {
    BitSet matched = new BitSet(patterns.size());
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      String folder = path.substring(0, slash);
      BitSet above = folders.get(folder);
      if (above == null) {
        above = matched(folder);
        folders.put(folder, above);
      }
      matched.or(above);
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (!matched.get(i) && patterns.get(i).matches(path)) {
        matched.set(i);
      }
    }
    return matched;
  }
}
