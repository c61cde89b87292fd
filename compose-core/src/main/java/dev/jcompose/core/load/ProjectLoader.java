package dev.jcompose.core.load;

import dev.jcompose.core.bind.ProjectBinder;
import dev.jcompose.core.normalize.Normalizer;
import dev.jcompose.core.normalize.WindowsPaths;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.validate.Consistency;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlReader;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Loads a project: the front door of the whole model. */
public final class ProjectLoader {
  private ProjectLoader() {}

  /**
   * Finds, reads and merges the files of a request and makes a project of them.
   *
   * @throws ComposeException with every problem found, when the input cannot be used
   */
  public static LoadedProject load(LoadRequest request) throws ComposeException {
    Session session = new Session(request);
    try {
      return load(session);
    } catch (ComposeException e) {
      if (e.isOfRequest()) {
        throw e;
      }
      // What was found before comes first.
      e.problems().forEach(session.problems()::add);
      session.problems().throwIfAny();
      throw e;
    }
  }

  private static LoadedProject load(Session session) throws ComposeException {
    LoadRequest request = session.request();
    Discovery found = Discovery.run(session);
    session.setProjectDirectory(found.directory());
    List<ModelLoader.Source> sources = sources(session, found);
    if (areEmpty(sources)) {
      throw empty(session, found);
    }
    String override = request.override();
    if (override != null) {
      sources.add(
          new ModelLoader.Source(
              found.directory().resolve("-"),
              YamlReader.read("the command line", override, session.problems())));
    }
    Variables variables = found.variables();
    YamlScalar named =
        ProjectName.find(
            request.projectName(),
            variables,
            documents(sources),
            found.directory(),
            session.problems());
    String name = named.string();
    variables.set("COMPOSE_PROJECT_NAME", name, "the project name");
    YamlMap model = new ModelLoader(session, variables, found.directory(), List.of()).load(sources);
    if (model.isEmpty()) {
      throw empty(session, found);
    }
    model.put("name", named);
    if (session.does(LoadRequest.Skip.INTERPOLATION)) {
      model.putIfAbsent("services", new YamlMap(Origin.made("empty")));
    }
    if (session.does(LoadRequest.Skip.NORMALIZATION)) {
      Normalizer.apply(model, name);
    }
    if (variables.isTrue("COMPOSE_CONVERT_WINDOWS_PATHS")) {
      WindowsPaths.apply(model);
    }
    YamlMap disabled = select(session, model, variables);
    session.problems().throwIfAny();
    Set<Path> read = new HashSet<>(session.sources());
    read.add(found.directory().resolve(".env"));
    return new LoadedProject(
        bind(found, name, model, disabled),
        session.problems().warnings(),
        model,
        variables.scope(),
        session.included(),
        read,
        session.does(LoadRequest.Skip.INTERPOLATION));
  }

  private static List<ModelLoader.Source> sources(Session session, Discovery found)
      throws ComposeException {
    List<ModelLoader.Source> sources = new ArrayList<>(found.files().size());
    for (Path file : found.files()) {
      if (file.equals(Discovery.STANDARD_INPUT)) {
        String text = session.request().standardInput();
        sources.add(
            new ModelLoader.Source(
                found.directory().resolve("-"),
                YamlReader.read("stdin", text == null ? "" : text, session.problems())));
      } else {
        sources.add(new ModelLoader.Source(file, session.documents(NamedFile.outside(file))));
      }
    }
    return sources;
  }

  private static boolean areEmpty(List<ModelLoader.Source> sources) {
    for (YamlDocument document : documents(sources)) {
      if (!document.root().isEmpty() || !document.removals().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static ComposeException empty(Session session, Discovery found) {
    return new ComposeException(
        new Problem(
            new Location(session.display(found.files().getFirst()), 1, 1),
            "",
            "the file is empty",
            "start with \"services:\""));
  }

  private static List<YamlDocument> documents(List<ModelLoader.Source> sources) {
    List<YamlDocument> documents = new ArrayList<>();
    for (ModelLoader.Source source : sources) {
      documents.addAll(source.documents());
    }
    return documents;
  }

  /** Narrows the model to what takes part; returns the services that do not. */
  private static YamlMap select(Session session, YamlMap model, Variables variables)
      throws ComposeException {
    LoadRequest request = session.request();
    YamlMap services = model.map("services");
    // Without interpolation the model is printed whole, as it was written.
    if (services == null || !session.does(LoadRequest.Skip.INTERPOLATION)) {
      return new YamlMap(model.origin());
    }
    List<String> profiles =
        request.profiles().isEmpty()
            ? profiles(variables.get("COMPOSE_PROFILES", ""))
            : request.profiles();
    Selection selection = new Selection(services);
    selection.byProfiles(profiles, request.services());
    if (session.does(LoadRequest.Skip.CONSISTENCY)) {
      new Consistency(session.problems(), model, selection.disabled()).check();
      session.problems().throwIfAny();
    }
    session.problems().throwIfAny();
    selection.byNames(request.services());
    if (session.does(LoadRequest.Skip.PRUNING)) {
      selection.prune(model);
    }
    if (session.does(LoadRequest.Skip.ENVIRONMENT_RESOLUTION)) {
      ServiceFiles files = new ServiceFiles(session, variables);
      for (YamlMap.Entry entry : services) {
        if (entry.value() instanceof YamlMap service) {
          files.resolve(entry.key(), service);
        }
      }
      session.problems().throwIfAny();
    }
    return selection.disabled();
  }

  private static List<String> profiles(String text) {
    return text.isEmpty() ? List.of("") : Discovery.split(text, ",");
  }

  private static Project bind(Discovery found, String name, YamlMap model, YamlMap disabled) {
    Path base = found.directory();
    return new Project(
        name,
        base,
        found.files(),
        found.envFiles(),
        found.variables().values(),
        ProjectBinder.services(model.map("services"), base),
        ProjectBinder.services(disabled, base),
        ProjectBinder.networks(model.map("networks")),
        ProjectBinder.volumes(model.map("volumes")),
        ContentDigest.of(ProjectBinder.files(model.map("configs"), found.variables())),
        ContentDigest.of(ProjectBinder.files(model.map("secrets"), found.variables())),
        ProjectBinder.models(model.map("models")),
        new ModelPlaces(model));
  }
}
