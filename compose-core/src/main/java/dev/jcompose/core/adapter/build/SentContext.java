package dev.jcompose.core.adapter.build;

import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.tar.LocalArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder as Docker's first builder is sent it: what the ignore file leaves of it, and the
 * Dockerfile.
 *
 * <p>That builder takes the Dockerfile from the archive. One that COPY must not see (because it is
 * elsewhere, or left out) goes into it under a name of its own, and the builder removes it again
 * before the first step, because the {@code .dockerignore} of the archive says so: that is all it
 * reads that file for.
 */
final class SentContext {
  private static final String IGNORE_FILE = ".dockerignore";

  /** Always the same, so that what is sent, and with it the builder's cache, is too. */
  private static final String OWN_NAME = ".jcompose.Dockerfile";

  private final Path folder;
  private final IgnoreRules rules;
  private final String dockerfile;
  private final @Nullable String ownDockerfile;
  private final @Nullable String ownIgnoreFile;
  private final Deque<Directory> pending = new ArrayDeque<>();

  /** A directory that is in the archive only when something in it is. */
  private record Directory(Path path, String name) {}

  private SentContext(
      Path folder,
      IgnoreRules rules,
      String dockerfile,
      @Nullable String ownDockerfile,
      @Nullable String ownIgnoreFile) {
    this.folder = folder;
    this.rules = rules;
    this.dockerfile = dockerfile;
    this.ownDockerfile = ownDockerfile;
    this.ownIgnoreFile = ownIgnoreFile;
  }

  /**
   * Decides what is sent.
   *
   * @throws dev.jcompose.engine.build.source.DockerfileException when the ignore file has mistakes
   */
  static SentContext of(Path folder, LocalDockerfile dockerfile) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder + "; make it, or correct context:");
    }
    IgnoreRules rules = IgnoreRules.of(folder, dockerfile.asked());
    String within = within(folder, dockerfile.path());
    boolean visible = within != null && !rules.excludes(within);
    String name = within != null && visible ? within : freeName(folder);
    return new SentContext(
        folder,
        rules,
        name,
        visible ? null : dockerfile.text(),
        ignoreFile(folder, rules, name, !visible));
  }

  /** The path of a file in a folder; null when it is elsewhere or a link leads to it. */
  private static @Nullable String within(Path folder, @Nullable Path file) throws IOException {
    if (file == null) {
      return null;
    }
    Path top = folder.toRealPath();
    Path real = file.toRealPath();
    Path written = file.toAbsolutePath().normalize();
    Path base = folder.toAbsolutePath().normalize();
    boolean direct = written.startsWith(base) && real.equals(top.resolve(base.relativize(written)));
    return direct ? top.relativize(real).toString() : null;
  }

  private static String freeName(Path folder) {
    String name = OWN_NAME;
    while (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
      name += "-";
    }
    return name;
  }

  /**
   * The ignore file that makes the builder remove of itself and the Dockerfile what COPY must not
   * see, and keep the rest; null when the folder's own does, or none is needed.
   */
  private static @Nullable String ignoreFile(
      Path folder, IgnoreRules rules, String dockerfile, boolean hidesDockerfile)
      throws IOException {
    Path file = folder.resolve(IGNORE_FILE);
    boolean shown = Files.isRegularFile(file) && !rules.excludes(IGNORE_FILE);
    if (!shown && !hidesDockerfile) {
      return null;
    }
    String written = shown ? Files.readString(file, StandardCharsets.UTF_8) : IGNORE_FILE + "\n";
    StringBuilder text = new StringBuilder(written);
    IgnoreRules read = IgnoreRules.parse(IGNORE_FILE, written);
    settle(text, read, IGNORE_FILE, !shown);
    settle(text, read, dockerfile, hidesDockerfile);
    return text.length() == written.length() && shown ? null : text.toString();
  }

  private static void settle(StringBuilder text, IgnoreRules read, String name, boolean hidden) {
    if (read.excludes(name) != hidden) {
      String line = text.isEmpty() || text.charAt(text.length() - 1) == '\n' ? "" : "\n";
      text.append(line)
          .append(hidden ? "" : "!")
          .append(name.replaceAll("[*?\\[\\\\]", "\\\\$0"))
          .append('\n');
    }
  }

  /** The Dockerfile's path in the archive. */
  String dockerfile() {
    return dockerfile;
  }

  /** What the ignore file leaves out. */
  IgnoreRules rules() {
    return rules;
  }

  /** The archive, packed while it is read; once. */
  InputStream open() throws IOException {
    return LocalArchive.forImage(this::pack);
  }

  private void pack(LocalArchive archive) throws IOException {
    if (ownDockerfile != null) {
      archive.add(dockerfile, bytes(ownDockerfile));
    }
    if (ownIgnoreFile != null) {
      archive.add(IGNORE_FILE, bytes(ownIgnoreFile));
    }
    for (Path child : children(folder)) {
      add(archive, child, String.valueOf(child.getFileName()));
    }
  }

  private void add(LocalArchive archive, Path file, String name) throws IOException {
    if (ownIgnoreFile != null && name.equals(IGNORE_FILE)) {
      return;
    }
    boolean excluded = rules.excludes(name);
    if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!excluded) {
        addPending(archive);
        archive.addAlone(file, name);
      }
      return;
    }
    if (excluded && !rules.mayIncludeBelow(name)) {
      return;
    }
    Directory directory = new Directory(file, name);
    pending.addLast(directory);
    if (!excluded) {
      addPending(archive);
    }
    for (Path child : children(file)) {
      add(archive, child, name + "/" + child.getFileName());
    }
    pending.remove(directory);
  }

  private void addPending(LocalArchive archive) throws IOException {
    while (!pending.isEmpty()) {
      Directory directory = pending.removeFirst();
      archive.addAlone(directory.path(), directory.name());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }
}
