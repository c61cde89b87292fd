package dev.jcompose.core.load;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.merge.Merger;
import dev.jcompose.core.merge.Removals;
import dev.jcompose.core.normalize.PathResolution;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.validate.Validator;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts services of the same or another file under those that extend them. A service whose base
 * cannot be had stays as it is, and a problem says so.
 */
final class Extender {
  private static final int DEEPEST = 100;
  private static final Attribute EXTENDS = AttributeTable.at("services", "*", "extends");

  private final ModelLoader loader;
  private final Session session;
  private final Problems problems;
  private final Path file;
  private final Removals removals;
  private final Map<Path, YamlMap> others = new HashMap<>();

  /**
   * Makes an extender for one document.
   *
   * @param file the document's file
   * @param removals what the document's tags take away from the services it extends
   */
  Extender(ModelLoader loader, Path file, Removals removals) {
    this.loader = loader;
    this.session = loader.session();
    this.problems = session.problems();
    this.file = file;
    this.removals = removals;
  }

  /**
   * One file's services.
   *
   * @param directory where relative paths in them start
   * @param own whether they stand in the document itself
   */
  private record Scope(Path file, Path directory, YamlMap services, boolean own) {}

  void apply(YamlMap root) throws ComposeException {
    YamlMap services = root.map("services");
    if (services == null) {
      return;
    }
    Scope scope = new Scope(file, loader.directory(), services, true);
    for (String name : services.keys()) {
      resolve(name, scope, new ArrayList<>());
    }
  }

  /** The service with everything it extends under it; null when there is none by that name. */
  private @Nullable YamlMap resolve(String name, Scope scope, List<String> chain)
      throws ComposeException {
    YamlMap service = scope.services.map(name);
    if (service == null || !(service.get("extends") instanceof YamlMap reference)) {
      return service;
    }
    String link = name + " in " + session.display(scope.file);
    if (chain.contains(link)) {
      problem(
          reference,
          name,
          "services extend each other in a circle: " + String.join(" -> ", chain) + " -> " + link,
          "break the circle");
      service.remove("extends");
      return service;
    }
    if (chain.size() == DEEPEST) {
      problem(
          reference,
          name,
          "services extend each other more than " + DEEPEST + " deep",
          "make the chain shorter");
      service.remove("extends");
      return service;
    }
    chain.add(link);
    YamlMap base = base(name, reference, scope, chain);
    chain.removeLast();
    service.remove("extends");
    if (base == null) {
      return service;
    }
    if (scope.own) {
      removals.applyToService(name, base);
    }
    new Merger(problems, loader.isLenient()).mergeService(name, base, service);
    scope.services.put(name, base);
    return base;
  }

  /** An independent copy of the service a reference names, itself resolved, its paths absolute. */
  private @Nullable YamlMap base(String name, YamlMap reference, Scope scope, List<String> chain)
      throws ComposeException {
    new Validator(problems, loader.isLenient())
        .checkPart(reference, EXTENDS, "services", name, "extends");
    YamlNode service = reference.get("service");
    String wanted =
        service instanceof YamlScalar scalar && scalar.isString() ? scalar.string() : null;
    String other = reference.string("file");
    if (wanted == null || service == null) {
      return null;
    }
    Scope target = other == null ? scope : open(name, reference, other, scope);
    if (target == null) {
      return null;
    }
    YamlMap found = resolve(wanted, target, chain);
    if (found == null) {
      problem(
          service,
          name,
          "there is no service \"" + wanted + "\" in " + session.display(target.file),
          target.services.isEmpty()
              ? "correct the name"
              : "its services are " + String.join(", ", target.services.keys()));
      return null;
    }
    if (!session.growth().takesCopy(found)) {
      problem(
          service,
          name,
          "extended services bring more than " + Growth.MOST_VALUES + " values together",
          "extend smaller services");
      return null;
    }
    YamlMap base = found.copy();
    base.remove("extends");
    if (other != null) {
      // Even paths that stay relative have to mean the same file from here.
      Path start =
          session.does(LoadRequest.Skip.PATH_RESOLUTION)
              ? target.directory
              : loader.directory().relativize(target.directory);
      new PathResolution(start, session.request().homeDirectory()).applyToService(base);
    }
    return base;
  }

  private @Nullable Scope open(String name, YamlMap reference, String other, Scope scope) {
    YamlNode given = reference.get("file");
    YamlNode at = given == null ? reference : given;
    String attribute = "services." + name + ".extends.file";
    Path path;
    try {
      Path fetched = session.remote(other, at.location(), attribute);
      path =
          fetched == null
              ? Path.of(
                  new PathResolution(scope.directory, session.request().homeDirectory())
                      .absolute(other))
              : fetched;
    } catch (ComposeException e) {
      e.problems().forEach(problems::add);
      return null;
    }
    Path directory = path.getParent() == null ? scope.directory : path.getParent();
    YamlMap model = others.get(path);
    if (model == null) {
      ModelLoader there = new ModelLoader(session, loader.variables(), directory, loader.chain());
      try {
        model = there.loadForExtends(there.read(new NamedFile(path, at.location(), attribute)));
      } catch (ComposeException e) {
        e.problems().forEach(problems::add);
        return null;
      }
      others.put(path, model);
    }
    YamlMap services = model.map("services");
    return new Scope(
        path, directory, services == null ? new YamlMap(model.origin()) : services, false);
  }

  private void problem(YamlNode at, String name, String text, String nextMove) {
    problems.add(at.location(), "services." + name + ".extends", text, nextMove);
  }
}
