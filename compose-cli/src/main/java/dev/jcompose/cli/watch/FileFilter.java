package dev.jcompose.cli.watch;

import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.build.Build;
import dev.jcompose.core.project.deploy.WatchRule;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files below the path of a rule count: those the rule includes, without what the rule or the
 * ignore file of the service's build leaves out, and without what editors and git leave lying
 * around (compose facts 3.27).
 */
final class FileFilter {
  /** Of git, vim, emacs, kate, JetBrains and the usual backups. */
  private static final List<String> NEVER =
      List.of(
          "**/.git",
          "**/4913",
          "**/*~",
          "**/.*.sw[a-z]",
          "**/.*.sw[a-z]x",
          "**/.#*",
          "**/#*#",
          "**/.*.kate-swp",
          "**/*___jb_tmp___",
          "**/*___jb_old___",
          "**/.goutputstream-*");

  private final Path path;
  private final IgnoreRules own;
  private final IgnoreRules noise;
  private final @Nullable IgnoreRules included;
  private final @Nullable Path context;
  private final IgnoreRules ofBuild;

  private FileFilter(
      Path path,
      IgnoreRules own,
      IgnoreRules noise,
      @Nullable IgnoreRules included,
      @Nullable Path context,
      IgnoreRules ofBuild) {
    this.path = path;
    this.own = own;
    this.noise = noise;
    this.included = included;
    this.context = context;
    this.ofBuild = ofBuild;
  }

  /**
   * Reads the patterns.
   *
   * @throws WatchException when one of them is none
   */
  static FileFilter of(Service service, WatchRule rule) throws WatchException {
    try {
      Build build = service.build();
      Path context = build == null ? null : Path.of(build.context());
      return new FileFilter(
          Path.of(rule.path()),
          IgnoreRules.excluding(rule.ignore()),
          IgnoreRules.excluding(NEVER),
          rule.include().isEmpty() ? null : IgnoreRules.excluding(rule.include()),
          context,
          build != null && context != null && Files.isDirectory(context)
              ? IgnoreRules.of(context, dockerfile(build, context))
              : IgnoreRules.NONE);
    } catch (SyntaxException e) {
      throw new WatchException(
          "services." + service.name() + ".develop.watch: " + e.text() + "; " + e.nextMove());
    } catch (DockerfileException | IOException e) {
      throw new WatchException("service " + service.name() + ": " + e.getMessage());
    }
  }

  private static @Nullable Path dockerfile(Build build, Path context) {
    String name = build.dockerfile();
    return name == null ? null : context.resolve(name);
  }

  /** Whether a file counts. */
  boolean accepts(Path file) {
    if (!file.startsWith(path)) {
      return false;
    }
    String below = relative(path, file);
    return (included == null || included.excludes(below) || below.isEmpty())
        && !own.excludes(below)
        && !noise.excludes(below)
        && !(isInContext(file) && ofBuild.excludes(relative(contextOf(), file)));
  }

  /** Whether nothing in a directory can count. */
  boolean skips(Path directory) {
    if (!directory.startsWith(path)) {
      return !path.startsWith(directory);
    }
    String below = relative(path, directory);
    if (noise.excludes(below) || (own.excludes(below) && !own.mayIncludeBelow(below))) {
      return true;
    }
    if (!isInContext(directory)) {
      return false;
    }
    String inContext = relative(contextOf(), directory);
    return ofBuild.excludes(inContext) && !ofBuild.mayIncludeBelow(inContext);
  }

  private boolean isInContext(Path file) {
    return context != null && file.startsWith(context);
  }

  private Path contextOf() {
    return context == null ? path : context;
  }

  private static String relative(Path base, Path file) {
    return base.relativize(file).toString();
  }
}
