package dev.jcompose.cli.command;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.ForeignSetting;
import dev.jcompose.cli.session.RootOptions;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.load.EnvFileSettings;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.load.ProjectName;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.api.login.LoginException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The project a command is about.
 *
 * @param project null when only the name is known; then the labels of containers tell the rest
 */
public record ProjectContext(String name, @Nullable Project project) {

  /** Loads the Compose files; they must be there. Warnings go to standard error. */
  public static Project load(Session session, List<String> services) throws ComposeException {
    return load(session, services, EnumSet.noneOf(LoadRequest.Skip.class));
  }

  /** Loads the Compose files, leaving out some phases. */
  public static Project load(
      Session session, List<String> services, Set<LoadRequest.Skip> moreSkips)
      throws ComposeException {
    return loadWhole(session, services, moreSkips).project();
  }

  /** Loads the Compose files with one more document laid over them. */
  public static Project load(Session session, List<String> services, String override)
      throws ComposeException {
    Set<LoadRequest.Skip> none = EnumSet.noneOf(LoadRequest.Skip.class);
    return load(session, request(session, services, none).withOverride(override)).project();
  }

  /** The same with the model the project was made of. */
  public static LoadedProject loadWhole(
      Session session, List<String> services, Set<LoadRequest.Skip> moreSkips)
      throws ComposeException {
    return load(session, request(session, services, moreSkips));
  }

  private static LoadedProject load(Session session, LoadRequest request) throws ComposeException {
    for (ForeignSetting setting : ForeignSetting.values()) {
      // Docker's own stand in many a profile for its other tools; the doctor tells of them.
      if (setting.isOfCompose() && setting.isMissed(session.environment())) {
        session
            .err()
            .println("Warning: " + setting.variable() + " has no effect here: " + setting.reason());
      }
    }
    LoadedProject loaded = ProjectLoader.load(request);
    loaded.warnings().forEach(warning -> session.err().println("Warning: " + warning));
    return loaded;
  }

  /**
   * The session as the settings in its env files want it: those whose names start with COMPOSE_.
   */
  public static Session withSettings(Session session) {
    Set<LoadRequest.Skip> none = EnumSet.noneOf(LoadRequest.Skip.class);
    return session.with(EnvFileSettings.of(request(session, List.of(), none, null)));
  }

  /** Whether names are put together as the first docker-compose did it. */
  public static boolean isCompatible(Session session) {
    return session.options().compatibility() || Setting.COMPATIBILITY.isOn(session.environment());
  }

  /** What stands between the parts of the names of containers and built images. */
  public static String separator(Session session) {
    return isCompatible(session) ? "_" : "-";
  }

  /** The proxies that the user's Docker configuration has for containers and builds. */
  public static Map<String, String> proxies(Session session) {
    try {
      return DockerConfig.load(session.environment()).proxies();
    } catch (LoginException e) {
      throw new UserError(ExitCode.FILE, String.valueOf(e.getMessage()), e);
    }
  }

  private static LoadRequest request(
      Session session, List<String> services, Set<LoadRequest.Skip> moreSkips) {
    String input = readsInput(session) ? readInput(session) : null;
    return request(session, services, moreSkips, input);
  }

  private static boolean readsInput(Session session) {
    List<String> files = session.options().files();
    String named = Setting.FILE.in(session.environment());
    if (!files.isEmpty() || named == null) {
      return files.contains("-");
    }
    String separator = Setting.PATH_SEPARATOR.in(session.environment());
    return List.of(named.split(Pattern.quote(separator == null ? ":" : separator))).contains("-");
  }

  private static LoadRequest request(
      Session session,
      List<String> services,
      Set<LoadRequest.Skip> moreSkips,
      @Nullable String input) {
    RootOptions options = session.options();
    Set<LoadRequest.Skip> skips = EnumSet.noneOf(LoadRequest.Skip.class);
    skips.addAll(moreSkips);
    if (options.allResources()) {
      skips.add(LoadRequest.Skip.PRUNING);
    }
    String home = session.environment().get("HOME");
    return new LoadRequest(
            session.directory(),
            session.environment(),
            home == null ? null : Path.of(home),
            options.files(),
            input,
            options.envFiles(),
            options.projectDirectory(),
            options.projectName(),
            options.profiles(),
            services,
            skips)
        .withRemote(new PublishedProjects(session));
  }

  /**
   * The project of a command that can do with the name alone: with {@code -p} and no file named,
   * nothing is read.
   */
  public static ProjectContext of(Session session, List<String> services) throws ComposeException {
    String name = session.options().projectName();
    if (name != null
        && session.options().files().isEmpty()
        && Setting.FILE.in(session.environment()) == null) {
      return new ProjectContext(ProjectName.valid(name, "the project name given with -p"), null);
    }
    Project project = load(session, services);
    return new ProjectContext(project.name(), project);
  }

  /**
   * The project's containers, sorted by name.
   *
   * @param services only of these; all when empty. One that nobody knows is an error
   * @param oneOffs whether those made by {@code run} are among them
   */
  public List<ContainerView> containers(Engine engine, List<String> services, boolean oneOffs) {
    List<ContainerView> all =
        engine.containers(List.of(Labels.PROJECT + "=" + name, Labels.CONFIG_HASH)).stream()
            .filter(c -> oneOffs || !c.label(Labels.ONE_OFF).equals("True"))
            // Comparator.comparing cannot be kept in the class cache, and this is on the hot path.
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .toList();
    if (services.isEmpty()) {
      return all;
    }
    services.forEach(service -> requireKnown(service, all));
    return all.stream().filter(c -> services.contains(c.label(Labels.SERVICE))).toList();
  }

  /**
   * The container of a service to work in.
   *
   * @param index the replica, counted from 1; 0 for the first that runs
   */
  public ContainerView replica(Engine engine, String service, int index) {
    return replica(engine, service, index, true);
  }

  /**
   * The container of a service to read from: one that runs, else one that ended.
   *
   * @param index the replica, counted from 1; 0 for the first
   */
  public ContainerView replicaInAnyState(Engine engine, String service, int index) {
    return replica(engine, service, index, false);
  }

  private ContainerView replica(Engine engine, String service, int index, boolean running) {
    List<ContainerView> replicas =
        containers(engine, List.of(service), false).stream()
            .sorted((a, b) -> Integer.compare(order(a), order(b)))
            .toList();
    return Stream.concat(
            replicas.stream().filter(c -> c.status().up()),
            replicas.stream().filter(c -> index > 0 || !running))
        .filter(c -> index == 0 || number(c) == index)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.FAILURE,
                    "service \""
                        + service
                        + "\" has no "
                        + (index > 0
                            ? "container number " + index
                            : running ? "running container" : "container")
                        + "; jcompose up -d "
                        + service
                        + " starts it"));
  }

  /** The container's name as prefixes show it: without the project's name. */
  public String shortName(String containerName) {
    for (String separator : List.of("-", "_")) {
      if (containerName.startsWith(name + separator)) {
        return containerName.substring(name.length() + 1);
      }
    }
    return containerName;
  }

  private void requireKnown(String service, List<ContainerView> all) {
    Set<String> known = new TreeSet<>();
    Project loaded = project;
    if (loaded != null) {
      known.addAll(loaded.services().keySet());
      known.addAll(loaded.disabledServices().keySet());
    }
    all.forEach(c -> known.add(c.label(Labels.SERVICE)));
    if (!known.contains(service)) {
      throw new UserError(
          ExitCode.FAILURE,
          "project \""
              + name
              + "\" has no service \""
              + service
              + "\"; "
              + (known.isEmpty() ? "it has none" : "it has " + String.join(", ", known)));
    }
  }

  /** By number; of two with one, as a replacement that failed leaves them, the one that runs. */
  private static int order(ContainerView container) {
    int number = number(container);
    return number > Integer.MAX_VALUE / 2 ? number : 2 * number + (container.status().up() ? 0 : 1);
  }

  private static int number(ContainerView container) {
    try {
      return Integer.parseInt(container.label(Labels.NUMBER));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private static String readInput(Session session) {
    try {
      return new String(session.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserError(ExitCode.FILE, "standard input could not be read: " + e.getMessage(), e);
    }
  }
}
