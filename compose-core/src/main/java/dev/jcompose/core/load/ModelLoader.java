package dev.jcompose.core.load;

import dev.jcompose.core.canonical.Canonicalizer;
import dev.jcompose.core.interpolate.Interpolator;
import dev.jcompose.core.merge.Merger;
import dev.jcompose.core.merge.Removals;
import dev.jcompose.core.merge.Unicity;
import dev.jcompose.core.normalize.Defaults;
import dev.jcompose.core.normalize.Normalizer;
import dev.jcompose.core.normalize.PathResolution;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.validate.ResourceRules;
import dev.jcompose.core.validate.Validator;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phases from documents to one validated model, for the project itself and for everything it
 * includes. Their order is their meaning: variables are filled in before anything is merged,
 * includes come before extends, both before the merge.
 */
final class ModelLoader {
  private final Session session;
  private final Problems problems;
  private final Variables variables;
  private final Path directory;
  private final List<Path> chain;

  /**
   * Makes a loader.
   *
   * @param variables what interpolation sees
   * @param directory base of relative paths
   * @param chain files whose include led here
   */
  ModelLoader(Session session, Variables variables, Path directory, List<Path> chain) {
    this.session = session;
    this.problems = session.problems();
    this.variables = variables;
    this.directory = directory;
    this.chain = chain;
  }

  Session session() {
    return session;
  }

  Variables variables() {
    return variables;
  }

  Path directory() {
    return directory;
  }

  List<Path> chain() {
    return chain;
  }

  /** A file with its documents. */
  record Source(Path file, List<YamlDocument> documents) {}

  Source read(NamedFile file) throws ComposeException {
    return new Source(file.path(), session.documents(file));
  }

  /** All phases up to absolute paths. */
  YamlMap load(List<Source> sources) throws ComposeException {
    YamlMap model = merged(sources, true);
    new Validator(problems, isLenient()).check(model);
    problems.throwIfAny();
    Defaults.apply(model, isLenient());
    new ResourceRules(problems, model).check();
    problems.throwIfAny();
    if (session.does(LoadRequest.Skip.PATH_RESOLUTION)) {
      new PathResolution(directory, session.request().homeDirectory()).apply(model);
    } else if (!chain.isEmpty()) {
      // Paths of an included file would otherwise mean something else in the whole.
      Path base = session.projectDirectory().relativize(directory);
      new PathResolution(base, session.request().homeDirectory()).apply(model);
    }
    if (!isLenient() || session.does(LoadRequest.Skip.NORMALIZATION)) {
      Normalizer.resolveEnvironment(model, variables, session.does(LoadRequest.Skip.NORMALIZATION));
    }
    return model;
  }

  /** The phases up to the merge, of one file that something extends. */
  YamlMap loadForExtends(Source source) throws ComposeException {
    return merged(List.of(source), false);
  }

  boolean isLenient() {
    return !session.does(LoadRequest.Skip.INTERPOLATION);
  }

  private YamlMap merged(List<Source> sources, boolean extend) throws ComposeException {
    prepare(sources);
    YamlMap model = null;
    for (Source source : sources) {
      List<Path> through = new ArrayList<>(chain);
      through.add(source.file());
      for (YamlDocument document : source.documents()) {
        model = document(model, document, source, extend ? through : List.of());
      }
    }
    return model == null ? new YamlMap(Origin.made("empty")) : model;
  }

  private YamlMap document(
      @Nullable YamlMap model, YamlDocument document, Source source, List<Path> through)
      throws ComposeException {
    Removals removals = new Removals(document);
    YamlMap root = document.root();
    if (root.has("include")) {
      YamlMap included = new Includer(this, through.isEmpty() ? chain : through).load(root);
      root.remove("include");
      if (included != null) {
        removals.apply(included);
        new Merger(problems, isLenient()).merge(included, root);
        root = included;
      }
    }
    if (!through.isEmpty()) {
      new Extender(this, source.file(), removals).apply(root);
    }
    if (model != null) {
      removals.apply(model);
      new Merger(problems, isLenient()).merge(model, root);
    }
    removals.warnOfIdle(problems);
    return model == null ? root : model;
  }

  private void prepare(List<Source> sources) {
    for (Source source : sources) {
      for (YamlDocument document : source.documents()) {
        YamlMap root = document.root();
        YamlMap.Entry version = root.entry("version");
        if (version != null) {
          problems.warn(version.keyLocation(), "version", "is old and means nothing; remove it");
          root.remove("version");
        }
        if (!isLenient()) {
          new Interpolator(variables, problems, session.growth()).apply(root);
        }
        new Canonicalizer(problems, isLenient(), session.growth()).apply(root);
        Unicity.apply(root);
      }
    }
  }
}
