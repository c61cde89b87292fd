package dev.jcompose.engine.image.host;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Makes images from this machine's programs, and keeps the two well-known ones up to date. */
public final class HostImages {
  /** A shell and the usual small tools. */
  public static final Reference BASE = Reference.parse("jcompose/base:latest");

  /** The base and a Java runtime. */
  public static final Reference JAVA = Reference.parse("jcompose/java:latest");

  /** Looking at a few hundred files takes milliseconds that ten containers need not pay each. */
  private static final Duration BELIEVED = Duration.ofSeconds(5);

  private static final String SEARCH_PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final ImageStore store;
  private final HostLayers layers;
  private final Path javaHome;
  private final ReentrantLock making = new ReentrantLock();
  private final Map<Reference, Long> lastChecked = new LinkedHashMap<>();

  /**
   * @param files how files are read for their digests
   * @param javaHome the runtime that {@code jcompose/java} gets
   */
  public HostImages(ImageStore store, FileCalls files, Path javaHome) {
    this.store = store;
    this.layers = new HostLayers(store.layers(), files);
    this.javaHome = javaHome;
  }

  /** Whether this name is one of the two images that are made on demand. */
  public static boolean makes(Reference name) {
    return name.orLatest().equals(BASE) || name.orLatest().equals(JAVA);
  }

  /**
   * The well-known image of this name, made now when it is missing, and made anew when the programs
   * it was made from have changed. Callers at the same time wait for one making.
   */
  public Image wellKnown(Reference reference) throws ImageException {
    Reference name = reference.orLatest();
    making.lock();
    try {
      Image present = store.byName(name).orElse(null);
      Long checked = lastChecked.get(name);
      boolean believed = checked != null && System.nanoTime() - checked < BELIEVED.toNanos();
      if (present == null || !believed) {
        HostNote note = note(name);
        if (present == null
            || note == null
            || !note.image().toString().equals(present.id())
            || !note.isCurrent()) {
          present = make(name, note);
        }
        lastChecked.put(name, System.nanoTime());
      }
      return present;
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED,
          "could not make %s from this machine's programs: %s".formatted(name.familiar(), e),
          e);
    } finally {
      making.unlock();
    }
  }

  /**
   * Makes an image of programs and directories of this machine on top of the base. Its command is
   * the first program.
   *
   * @param wanted names of programs, or absolute paths of programs and directories
   * @param path where names are looked up before the usual directories; null for nowhere else
   * @throws ImageException of kind NOT_FOUND, naming what is not there
   */
  public Image fromHost(Reference name, List<String> wanted, @Nullable String path)
      throws ImageException {
    making.lock();
    try {
      HostTree base = base();
      HostTree tree = new HostTree(base);
      ProgramFinder programs = ProgramFinder.along(path);
      HostCollector collector = new HostCollector(tree, search(), programs);
      Selection selection = new Selection(programs, collector);
      selection.addAll(wanted);
      HostRecipe recipe =
          new HostRecipe(
              List.of(base, tree),
              config(selection.searchPath(), List.of(), selection.command()),
              List.of("jcompose/base", "jcompose image from-host " + String.join(" ", wanted)));
      return build(name, recipe, wellKnown(BASE).diffIds());
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED,
          "could not make %s from this machine's programs: %s".formatted(name.familiar(), e),
          e);
    } finally {
      making.unlock();
    }
  }

  private Image make(Reference name, @Nullable HostNote old) throws IOException, ImageException {
    HostRecipe recipe = name.equals(BASE) ? baseRecipe() : javaRecipe();
    String fingerprint = recipe.fingerprint();
    Image image =
        old != null && old.fingerprint().equals(fingerprint)
            ? store.byId(old.image()).orElse(null)
            : null;
    if (image == null) {
      image = build(name, recipe, name.equals(BASE) ? List.of() : wellKnown(BASE).diffIds());
    } else if (!image.repoTags().contains(name.familiar())) {
      image = store.tag(Digest.parse(image.id()), name);
    }
    Set<Path> watched = new LinkedHashSet<>(recipe.sources());
    watched.addAll(ProgramFinder.usual().directories());
    HostNote note = new HostNote(Digest.parse(image.id()), fingerprint, HostNote.stamps(watched));
    StateFiles.write(noteFile(name), Json.bytes(note));
    return image;
  }

  private HostRecipe baseRecipe() throws IOException, ImageException {
    return new HostRecipe(
        List.of(base()),
        config(SEARCH_PATH, List.of(), List.of("/bin/sh")),
        List.of("jcompose/base: programs of this machine"));
  }

  private HostRecipe javaRecipe() throws IOException, ImageException {
    HostTree base = base();
    HostTree java = JavaTree.collect(javaHome, base, ProgramFinder.usual(), search());
    return new HostRecipe(
        List.of(base, java),
        config(
            SEARCH_PATH.replace("PATH=", "PATH=" + JavaTree.HOME + "/bin:"),
            List.of("JAVA_HOME=" + JavaTree.HOME),
            List.of("java", "--version")),
        List.of(
            "jcompose/base: programs of this machine",
            "jcompose/java: Java runtime " + Runtime.version()));
  }

  private static HostTree base() throws IOException, ImageException {
    ProgramFinder programs = ProgramFinder.usual();
    for (String name : BaseTree.INDISPENSABLE) {
      if (programs.find(name) == null) {
        throw new ImageException(
            ImageException.Kind.NOT_FOUND,
            "this machine has no program %s in %s, so it cannot lend its programs to an image; install"
                    .formatted(name, String.join(", ", ProgramFinder.USUAL))
                + " coreutils or busybox");
      }
    }
    return BaseTree.collect(programs, search());
  }

  private static LibrarySearch search() throws IOException {
    return new LibrarySearch(LoaderCache.read(LoaderCache.FILE));
  }

  private static ImageConfig config(String path, List<String> more, List<String> command) {
    List<String> env = new ArrayList<>(List.of(path, "LANG=C.UTF-8"));
    env.addAll(more);
    return new ImageConfig(
        "", Set.of(), env, List.of(), command, Set.of(), "", Map.of(), "", null, List.of(),
        List.of());
  }

  private Image build(Reference name, HostRecipe recipe, List<Digest> present) throws IOException {
    try (Lease lease = store.layers().lease()) {
      Image image = store.add(layers.configurationOf(recipe, present, lease), List.of());
      return store.tag(Digest.parse(image.id()), name);
    }
  }

  private @Nullable HostNote note(Reference name) throws IOException {
    Path file = noteFile(name);
    return Files.exists(file) ? HostNote.of(Json.object(Files.readAllBytes(file))) : null;
  }

  private Path noteFile(Reference name) {
    return store.paths().notes().resolve(name.path().replace('/', '-') + ".json");
  }
}
