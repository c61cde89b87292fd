package dev.jcompose.core.load;

import dev.jcompose.core.merge.Merger;
import dev.jcompose.core.merge.Removals;
import dev.jcompose.core.normalize.PathResolution;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts services of the same or another file under those that extend them. */
final class Extender {
  private final ModelLoader loader;
  private final Path file;
  private final List<YamlDocument.Removal> removals;
  private final Map<Path, YamlMap> others = new HashMap<>();

  /**
   * Makes an extender for one document.
   *
   * @param file the document's file
   * @param removals what the document's tags take away from the services it extends
   */
  Extender(ModelLoader loader, Path file, List<YamlDocument.Removal> removals) {
    this.loader = loader;
    this.file = file;
    this.removals = removals;
  }

  /** One file's services with the directory its paths start from. */
  private record Scope(Path file, Path directory, YamlMap services) {}

  void apply(YamlMap root) throws ComposeException {
    YamlMap services = root.map("services");
    if (services == null) {
      return;
    }
    Scope scope = new Scope(file, loader.directory(), services);
    for (String name : services.keys()) {
      resolve(name, scope, new ArrayList<>(), true);
    }
  }

  private @Nullable YamlMap resolve(
      String name, Scope scope, List<String> chain, boolean ownDocument) throws ComposeException {
    YamlMap service = scope.services.map(name);
    if (service == null) {
      return null;
    }
    YamlNode extended = service.get("extends");
    if (!(extended instanceof YamlMap reference)) {
      return service;
    }
    String link = name + " in " + loader.session().display(scope.file);
    if (chain.contains(link)) {
      chain.add(link);
      throw problem(
          reference,
          "services." + name + ".extends",
          "services extend each other in a circle: " + String.join(" -> ", chain),
          "break the circle");
    }
    chain.add(link);
    YamlMap base = base(name, reference, scope, chain, ownDocument);
    chain.removeLast();
    service.remove("extends");
    if (base == null) {
      return service;
    }
    if (ownDocument) {
      for (YamlDocument.Removal removal : removals) {
        List<String> path = removal.path();
        if (path.size() > 2 && path.get(0).equals("services") && path.get(1).equals(name)) {
          Removals.apply(base, removal, 2);
        }
      }
    }
    new Merger(loader.session().problems()).mergeService(name, base, service);
    scope.services.put(name, base);
    return base;
  }

  /** An independent copy of the service a reference names, itself resolved, paths absolute. */
  private @Nullable YamlMap base(
      String name, YamlMap reference, Scope scope, List<String> chain, boolean ownDocument)
      throws ComposeException {
    String service = reference.string("service");
    if (service == null) {
      // Validation tells of the missing key if the merge leaves it missing; here it is too late for
      // that.
      throw problem(
          reference,
          "services." + name + ".extends",
          "\"service\" is missing",
          "name the service to extend");
    }
    String other = reference.string("file");
    Scope target = other == null ? scope : open(reference, other, scope);
    YamlMap found = resolve(service, target, chain, ownDocument && other == null);
    if (found == null) {
      YamlNode at = reference.get("service");
      throw problem(
          at == null ? reference : at,
          "services." + name + ".extends",
          "there is no service \"" + service + "\" in " + loader.session().display(target.file),
          "correct the name");
    }
    YamlMap base = found.copy();
    if (other != null) {
      new PathResolution(target.directory, loader.session().request().homeDirectory())
          .applyToService(base);
    }
    return base;
  }

  private Scope open(YamlMap reference, String other, Scope scope) throws ComposeException {
    YamlNode at = reference.get("file");
    Location location = at == null ? reference.location() : at.location();
    String refusal = ModelLoader.remote(other);
    if (refusal != null && at instanceof YamlScalar) {
      throw problem(
          at, "extends.file", "\"" + other + "\": " + refusal, "download the file and name it");
    }
    Path path =
        Path.of(
            new PathResolution(scope.directory, loader.session().request().homeDirectory())
                .absolute(other));
    Path directory = path.getParent() == null ? scope.directory : path.getParent();
    YamlMap model = others.get(path);
    if (model == null) {
      ModelLoader there =
          new ModelLoader(loader.session(), loader.variables(), directory, loader.chain());
      model = there.loadForExtends(there.read(path, location));
      others.put(path, model);
    }
    YamlMap services = model.map("services");
    return new Scope(path, directory, services == null ? new YamlMap(model.origin()) : services);
  }

  private static ComposeException problem(YamlNode at, String path, String text, String nextMove) {
    return new ComposeException(new Problem(at.location(), path, text, nextMove));
  }
}
