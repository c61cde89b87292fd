package dev.jcompose.core.load;

import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.merge.Merger;
import dev.jcompose.core.normalize.PathResolution;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.validate.Validator;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads the models a document includes, each with its own directory and variables. */
final class Includer {
  private static final int DEEPEST = 100;
  private static final List<String> SECTIONS =
      List.of("services", "networks", "volumes", "secrets", "configs", "models");

  private final ModelLoader loader;
  private final Session session;
  private final List<Path> chain;

  /**
   * Makes an includer.
   *
   * @param chain the files that led to the document, its own last
   */
  Includer(ModelLoader loader, List<Path> chain) {
    this.loader = loader;
    this.session = loader.session();
    this.chain = chain;
  }

  /** The resources of everything the document includes; null when it includes nothing. */
  @Nullable YamlMap load(YamlMap root) throws ComposeException {
    if (!(root.get("include") instanceof YamlList list)) {
      YamlMap.Entry entry = root.entry("include");
      YamlNode section = entry == null ? root : entry.value();
      throw problem(
          section,
          "include",
          "this is " + section.kind() + ", a list is wanted",
          "write \"- path\"");
    }
    new Validator(session.problems(), loader.isLenient())
        .checkPart(list, AttributeTable.at("include"), "include");
    YamlMap all = null;
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof YamlMap entry) || scalars(entry, "path").isEmpty()) {
        continue;
      }
      YamlMap resources;
      try {
        resources = resources(entry(entry, "include[" + i + "]"));
      } catch (ComposeException e) {
        // The other files may have problems, too.
        e.problems().forEach(session.problems()::add);
        continue;
      }
      if (all == null) {
        all = resources;
      } else {
        add(all, resources);
      }
    }
    return all;
  }

  private YamlMap entry(YamlMap entry, String path) throws ComposeException {
    PathResolution here = new PathResolution(loader.directory(), session.request().homeDirectory());
    List<YamlScalar> names = scalars(entry, "path");
    List<Path> files = new ArrayList<>(names.size());
    for (YamlScalar name : names) {
      Path fetched = session.remote(name.string(), name.location(), path);
      Path file = fetched == null ? Path.of(here.absolute(name.string())) : fetched;
      if (chain.contains(file)) {
        throw problem(
            name,
            path,
            "files include each other in a circle: " + circle(file),
            "break the circle");
      }
      files.add(file);
    }
    if (chain.size() > DEEPEST) {
      throw problem(
          entry,
          path,
          "files include each other more than " + DEEPEST + " deep",
          "include them from one file");
    }
    String given = entry.string("project_directory");
    Path parent = files.getFirst().getParent();
    Path directory =
        given != null
            ? Path.of(here.absolute(given))
            : parent == null ? loader.directory() : parent;
    Variables variables = loader.variables().copy();
    environment(entry, path, here, directory, variables);
    ModelLoader nested = new ModelLoader(session, variables, directory, chain);
    List<ModelLoader.Source> sources = new ArrayList<>(files.size());
    for (int i = 0; i < files.size(); i++) {
      sources.add(nested.read(new NamedFile(files.get(i), names.get(i).location(), path)));
      session.included().put(session.display(files.get(i)), variables.scope());
    }
    return nested.load(sources);
  }

  private void environment(
      YamlMap entry, String path, PathResolution here, Path directory, Variables variables)
      throws ComposeException {
    List<YamlScalar> names = scalars(entry, "env_file");
    List<NamedFile> files = new ArrayList<>();
    for (YamlScalar name : names) {
      // Naming the null device is the known way to say "no env file at all".
      if (!name.string().equals("/dev/null")) {
        Path file = Path.of(here.absolute(name.string()));
        files.add(new NamedFile(file, name.location(), path + ".env_file"));
      }
    }
    Path usual = directory.resolve(".env");
    if (names.isEmpty() && Files.isRegularFile(usual)) {
      files.add(NamedFile.outside(usual));
    }
    variables.read(session, files);
  }

  private static List<YamlScalar> scalars(YamlMap entry, String key) {
    List<YamlScalar> scalars = new ArrayList<>();
    if (entry.get(key) instanceof YamlList list) {
      for (YamlNode item : list) {
        if (item instanceof YamlScalar scalar && scalar.isString()) {
          scalars.add(scalar);
        }
      }
    }
    return scalars;
  }

  private static YamlMap resources(YamlMap model) {
    YamlMap resources = new YamlMap(model.origin());
    for (String section : SECTIONS) {
      YamlMap.Entry entry = model.entry(section);
      if (entry != null) {
        resources.put(section, entry.keyLocation(), entry.value());
      }
    }
    return resources;
  }

  private void add(YamlMap all, YamlMap more) throws ComposeException {
    for (String section : SECTIONS) {
      YamlMap known = all.map(section);
      YamlMap added = more.map(section);
      if (known == null || added == null) {
        continue;
      }
      for (YamlMap.Entry entry : added) {
        YamlMap.Entry old = known.entry(entry.key());
        if (old != null && !old.value().toString().equals(entry.value().toString())) {
          throw new ComposeException(
              new Problem(
                  entry.keyLocation(),
                  section + "." + entry.key(),
                  "another included file gives something else by this name in " + old.keyLocation(),
                  "rename one of the two"));
        }
        known.remove(entry.key());
      }
    }
    new Merger(session.problems(), loader.isLenient()).merge(all, more);
  }

  private String circle(Path again) {
    StringBuilder text = new StringBuilder();
    for (Path file : chain) {
      text.append(session.display(file)).append(" -> ");
    }
    return text.append(session.display(again)).toString();
  }

  private static ComposeException problem(YamlNode at, String path, String text, String nextMove) {
    return new ComposeException(new Problem(at.location(), path, text, nextMove));
  }
}
