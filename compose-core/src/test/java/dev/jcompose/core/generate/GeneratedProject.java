package dev.jcompose.core.generate;

import dev.jcompose.core.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project as a tree, so that a failing one can be made smaller: {@code files} by name, each a
 * list of documents or a list of lines, and {@code arguments} before and after {@code config}.
 */
record GeneratedProject(Map<String, @Nullable Object> tree) {
  /** What both loaders see beside the files. */
  static final Map<String, String> ENVIRONMENT =
      Map.of("TEXT", "from outside", "NUMBER", "7", "EMPTY", "", "HOME", "/home/someone");

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (tree.get(key) instanceof List<?> list) {
      list.forEach(item -> texts.add(String.valueOf(item)));
    }
    return texts;
  }

  /** The names of the Compose files that are loaded, first to last. */
  List<String> composeFiles() {
    return texts("compose");
  }

  List<String> profiles() {
    return texts("profiles");
  }

  /** The flags of {@code config}. */
  List<String> flags() {
    return tree.get("flags") instanceof String text && !text.isEmpty()
        ? List.of(text.split(" "))
        : List.of();
  }

  /** Writes the files into an empty folder. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    if (tree.get("files") instanceof Map<?, ?> map) {
      map.forEach((name, content) -> files.put(String.valueOf(name), text(content)));
    }
    return files;
  }

  private static String text(@Nullable Object content) {
    StringBuilder text = new StringBuilder();
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof String line) {
          text.append(line).append('\n');
        } else {
          text.append(text.isEmpty() ? "" : "---\n").append(FlowText.of(part)).append('\n');
        }
      }
    }
    return text.toString();
  }

  LoadRequest request(Path folder) {
    return new LoadRequest(
        folder,
        ENVIRONMENT,
        Path.of("/home/someone"),
        composeFiles(),
        null,
        List.of(),
        null,
        null,
        profiles(),
        List.of(),
        skips());
  }

  private Set<LoadRequest.Skip> skips() {
    EnumSet<LoadRequest.Skip> skips = EnumSet.noneOf(LoadRequest.Skip.class);
    for (String flag : flags()) {
      switch (flag) {
        case "--no-interpolate" -> skips.add(LoadRequest.Skip.INTERPOLATION);
        case "--no-normalize" -> skips.add(LoadRequest.Skip.NORMALIZATION);
        case "--no-path-resolution" -> skips.add(LoadRequest.Skip.PATH_RESOLUTION);
        case "--no-consistency" -> skips.add(LoadRequest.Skip.CONSISTENCY);
        case "--services", "--volumes", "--images", "--profiles" ->
            skips.add(LoadRequest.Skip.ENVIRONMENT_RESOLUTION);
        default -> {}
      }
    }
    return skips;
  }

  /** What to type to see it. */
  List<String> commandLine() {
    List<String> words = new ArrayList<>();
    composeFiles().forEach(file -> words.addAll(List.of("-f", file)));
    profiles().forEach(profile -> words.addAll(List.of("--profile", profile)));
    words.add("config");
    words.addAll(flags());
    return words;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.join(" ", commandLine())).append('\n');
    files()
        .forEach((name, content) -> text.append("--- ").append(name).append('\n').append(content));
    return text.toString();
  }
}
