package dev.jcompose.core.desired;

import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.project.FileObject;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.build.Build;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What has to be built for a service (compose facts 3.17). */
public final class BuildTranslator {
  /** Contexts that are an image in a folder, which is one of the project unless it is absolute. */
  private static final String LAYOUT_SCHEME = "oci-layout://";

  /** Where {@code type=local} has its files. */
  private static final Pattern LOCAL_FOLDER = Pattern.compile("\\b(src=|dest=)([^,\"]+)");

  private BuildTranslator() {}

  /**
   * The build of a service; null when it has none.
   *
   * @param separator between the parts of the image's name, "-" unless in compatibility mode
   */
  public static @Nullable BuildSpec spec(Project project, String separator, Service service) {
    Build build = service.build();
    if (build == null) {
      return null;
    }
    List<String> needs = new ArrayList<>();
    Map<String, String> contexts = new LinkedHashMap<>();
    build
        .additionalContexts()
        .forEach(
            (name, context) -> contexts.put(name, context(project, separator, context, needs)));
    List<String> tags = new ArrayList<>();
    tags.add(service.imageOrDefault(project.name(), separator));
    build.tags().stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
    return new BuildSpec(
        service.name(),
        build.context(),
        build.dockerfile(),
        build.dockerfileInline(),
        build.args(),
        contexts,
        needs,
        build.target(),
        labels(project, service, build),
        tags,
        new BuildSpec.Caching(
            build.noCache(),
            build.noCacheFilter(),
            build.pull(),
            places(project, build.cacheFrom()),
            places(project, build.cacheTo())),
        sandbox(build),
        secrets(project, build),
        agents(build),
        platforms(project, service, build),
        false);
  }

  /** Entries of caches; a folder is one of the project unless its path is absolute. */
  private static List<String> places(Project project, List<String> entries) {
    return entries.stream()
        .map(
            entry ->
                LOCAL_FOLDER
                    .matcher(entry)
                    .replaceAll(
                        found ->
                            Matcher.quoteReplacement(
                                found.group(1)
                                    + project
                                        .workingDirectory()
                                        .resolve(found.group(2))
                                        .normalize())))
        .toList();
  }

  private static String context(
      Project project, String separator, String context, List<String> needs) {
    String name = Build.serviceOf(context);
    Service other = name == null ? null : find(project, name);
    if (other != null) {
      needs.add(other.name());
      return "docker-image://" + other.imageOrDefault(project.name(), separator);
    }
    if (context.startsWith(LAYOUT_SCHEME)) {
      return LAYOUT_SCHEME
          + project
              .workingDirectory()
              .resolve(context.substring(LAYOUT_SCHEME.length()))
              .normalize();
    }
    return context;
  }

  /** A service of the file, whether it is active or not. */
  public static @Nullable Service find(Project project, String name) {
    Service active = project.services().get(name);
    return active == null ? project.disabledServices().get(name) : active;
  }

  private static Map<String, String> labels(Project project, Service service, Build build) {
    Map<String, String> labels = new LinkedHashMap<>(build.labels());
    labels.put(Labels.PROJECT, project.name());
    labels.put(Labels.SERVICE, service.name());
    labels.put(Labels.VERSION, Labels.WRITER);
    return labels;
  }

  private static BuildSpec.Sandbox sandbox(Build build) {
    List<String> hosts = new ArrayList<>();
    build
        .extraHosts()
        .forEach((name, all) -> all.forEach(address -> hosts.add(name + "=" + address)));
    List<String> ulimits = new ArrayList<>();
    build
        .ulimits()
        .forEach((name, limit) -> ulimits.add(name + "=" + limit.soft() + ":" + limit.hard()));
    Long shm = build.shmSize();
    return new BuildSpec.Sandbox(
        build.network(),
        hosts,
        shm == null ? 0 : shm,
        ulimits,
        0,
        build.privileged(),
        build.entitlements(),
        false);
  }

  private static Map<String, BuildSpec.Secret> secrets(Project project, Build build) {
    Map<String, BuildSpec.Secret> secrets = new LinkedHashMap<>();
    for (Build.BuildSecret wanted : build.secrets()) {
      FileObject secret = project.secrets().get(wanted.source());
      if (secret == null) {
        continue;
      }
      String target = wanted.target();
      String id = target == null ? wanted.source() : target;
      String file = secret.file();
      String content = secret.content();
      if (file != null) {
        secrets.put(id, new BuildSpec.Secret.File(file));
      } else if (content != null) {
        secrets.put(id, new BuildSpec.Secret.Content(content));
      }
    }
    return secrets;
  }

  private static Map<String, String> agents(Build build) {
    Map<String, String> agents = new LinkedHashMap<>();
    build.ssh().forEach((id, path) -> agents.put(id, path == null ? "" : path));
    return agents;
  }

  private static @Nullable String platforms(Project project, Service service, Build build) {
    String platform = platform(project, service);
    if (build.platforms().isEmpty() || (platform != null && build.platforms().contains(platform))) {
      return platform;
    }
    return String.join(",", build.platforms());
  }

  /** The platform of a service's image; null for that of the engine. */
  public static @Nullable String platform(Project project, Service service) {
    String own = service.platform();
    String usual = project.environment().get("DOCKER_DEFAULT_PLATFORM");
    return own != null || usual == null || usual.isEmpty() ? own : usual;
  }
}
