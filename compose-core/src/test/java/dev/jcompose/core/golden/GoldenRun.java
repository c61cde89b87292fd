package dev.jcompose.core.golden;

import dev.jcompose.core.config.ConfigReport;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Warning;
import dev.jcompose.core.render.ConfigOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one case in a folder of its own: what it prints, warns of and complains of. */
final class GoldenRun {
  private final GoldenFile file;
  private final GoldenFile.Case one;
  private final Path folder;
  private @Nullable LoadedProject loaded;

  GoldenRun(GoldenFile file, GoldenFile.Case one, Path folder) {
    this.file = file;
    this.one = one;
    this.folder = folder;
  }

  /** The project, null when it could not be loaded. */
  @Nullable LoadedProject loaded() {
    return loaded;
  }

  String print() throws IOException {
    for (Map.Entry<String, String> entry : one.files().entrySet()) {
      Path target = folder.resolve(entry.getKey());
      Files.createDirectories(target.getParent());
      boolean main = entry.getKey().equals("compose.yaml");
      Files.writeString(target, main && file.wrapped ? wrap(entry.getValue()) : entry.getValue());
    }
    StringBuilder out = new StringBuilder();
    try {
      Options options = options();
      LoadedProject project = ProjectLoader.load(options.request());
      loaded = project;
      String path = options.explained;
      if (path == null) {
        String text = ConfigOutput.print(project.model(), options.format, project.interpolated());
        out.append(shown(text));
      } else {
        new ConfigReport(project).explain(path).forEach(it -> out.append(it).append('\n'));
      }
      for (Warning warning : project.warnings()) {
        out.append("~ ").append(warning).append('\n');
      }
    } catch (ComposeException e) {
      for (Problem problem : e.problems()) {
        out.append("! ").append(problem).append('\n');
      }
    }
    return out.toString()
        .replace(folder.toString(), "@DIR@")
        .replace(String.valueOf(folder.getParent()), "@UP@")
        .stripTrailing();
  }

  private String wrap(String body) {
    StringBuilder text = new StringBuilder("services:\n  web:\n");
    if (!has(body, "image") && !has(body, "build") && !has(body, "provider")) {
      text.append("    image: app\n");
    }
    body.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    return text.append(file.top).toString();
  }

  private static boolean has(String body, String key) {
    return body.lines().anyMatch(line -> line.startsWith(key + ":"));
  }

  private String shown(String text) {
    if (one.shown.equals("all")) {
      return text;
    }
    if (!one.shown.isEmpty()) {
      return Block.at(text, one.shown);
    }
    if (!file.wrapped) {
      return text;
    }
    String body = one.files().getOrDefault("compose.yaml", "");
    List<String> hidden = new ArrayList<>();
    for (String key : List.of("image", "networks")) {
      if (!has(body, key)) {
        hidden.add(key);
      }
    }
    return Block.without(Block.at(text, "services.web"), hidden);
  }

  /** The arguments of the command line, as far as cases need them. */
  private final class Options {
    final List<String> files = new ArrayList<>();
    final List<String> envFiles = new ArrayList<>();
    final List<String> profiles = new ArrayList<>();
    final List<String> services = new ArrayList<>();
    final Set<LoadRequest.Skip> skips = EnumSet.noneOf(LoadRequest.Skip.class);
    @Nullable String projectDirectory;
    @Nullable String name;
    @Nullable String explained;
    Path directory = folder;
    ConfigOutput.Format format = ConfigOutput.Format.YAML;

    LoadRequest request() {
      Map<String, String> environment = new LinkedHashMap<>(file.environment);
      environment.putAll(one.environment());
      return new LoadRequest(
          directory,
          environment,
          Path.of("/home/someone"),
          files,
          null,
          envFiles,
          projectDirectory,
          name,
          profiles,
          services,
          skips);
    }
  }

  private Options options() {
    Options options = new Options();
    // The folder's own name is different in each run.
    options.name = one.input.stream().anyMatch(line -> line.startsWith("name:")) ? null : "test";
    Iterator<String> words = one.arguments().iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "-f" -> options.files.add(words.next());
        case "-p" -> options.name = words.next();
        case "--no-name" -> options.name = null;
        case "--env-file" -> options.envFiles.add(words.next());
        case "--profile" -> options.profiles.add(words.next());
        case "--project-directory" -> options.projectDirectory = words.next();
        case "--cd" -> options.directory = folder.resolve(words.next());
        case "--explain" -> options.explained = words.next();
        case "--json" -> options.format = ConfigOutput.Format.JSON;
        case "--no-interpolate" -> options.skips.add(LoadRequest.Skip.INTERPOLATION);
        case "--no-normalize" -> options.skips.add(LoadRequest.Skip.NORMALIZATION);
        case "--no-path-resolution" -> options.skips.add(LoadRequest.Skip.PATH_RESOLUTION);
        case "--no-consistency" -> options.skips.add(LoadRequest.Skip.CONSISTENCY);
        case "--no-env-resolution" -> options.skips.add(LoadRequest.Skip.ENVIRONMENT_RESOLUTION);
        case "--all-resources" -> options.skips.add(LoadRequest.Skip.PRUNING);
        default -> options.services.add(word);
      }
    }
    return options;
  }
}
