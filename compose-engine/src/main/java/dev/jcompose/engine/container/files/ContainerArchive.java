package dev.jcompose.engine.container.files;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.launch.ImageTree;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.tar.TarReader;
import dev.jcompose.engine.tar.TarWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Copies files out of containers and into them. */
public final class ContainerArchive implements ContainerFiles {
  /** The containers as copying needs them. */
  public interface Host {
    /** What the files of a container consist of. */
    record Layers(ContainerPaths paths, Image image) {
      /** All directories that lie over each other, the uppermost first. */
      List<Path> topFirst() {
        List<Path> all = new ArrayList<>(List.of(paths.upper()));
        all.addAll(image.layerDirectories().reversed());
        return all;
      }
    }

    /** What is done while a container stays as it is. */
    @FunctionalInterface
    interface Work<T> {
      /** Works with a container whose first process has this pid, or that has none. */
      T with(ContainerRecord container, ContainerPaths paths, List<Path> layers, OptionalInt pid)
          throws IOException;
    }

    /**
     * Finds a container and works with it; a container that does not run is not started meanwhile.
     *
     * @throws EngineException.NotFound when there is none
     */
    <T> T use(String reference, Work<T> work) throws IOException;

    /**
     * The writable layer of a container, which may run meanwhile, and its image.
     *
     * @throws EngineException.NotFound when there is none
     */
    Layers layers(String reference);

    /** What a container mounts of images, by target. */
    Map<String, ImageTree> imageTrees(ContainerRecord container);

    /** Tells an event about a container. */
    void tell(String reference, String action);

    /** The user a container runs as; empty when it is root by default. */
    Optional<Identity> user(ContainerRecord container);
  }

  private final Host host;
  private final RootView view;

  public ContainerArchive(Host host, Kernel kernel, FileCalls calls) {
    this.host = host;
    this.view = new RootView(kernel, calls);
  }

  private <T> T inside(String reference, RootView.Work<T> work) throws IOException {
    return host.use(
        reference,
        (container, paths, layers, pid) ->
            pid.isPresent()
                ? view.ofProcess(pid.getAsInt(), work)
                : view.mounted(container, paths, layers, host.imageTrees(container), work));
  }

  @Override
  public FileStat stat(String reference, String path) {
    try {
      return inside(reference, tree -> stat(tree, reference, path));
    } catch (IOException e) {
      throw new EngineException.Failed("could not look at " + path + ": " + e.getMessage(), e);
    }
  }

  private static FileStat stat(ContainerTree tree, String reference, String path) {
    try (ContainerTree.Place place = tree.place(absolute(path))) {
      FileFacts facts = place.facts();
      if (facts == null) {
        throw new EngineException.NotFound(
            "Could not find the file " + path + " in container " + reference);
      }
      String link = facts.isSymlink() ? tree.behindLinks(absolute(path)) : "";
      return new FileStat(
          baseName(path), facts.size(), facts.mode(), Instant.ofEpochSecond(facts.mtime()), link);
    }
  }

  private static String absolute(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  /** The last element; {@code /} for the root itself, {@code .} when the path ends in it. */
  private static String baseName(String path) {
    String plain = absolute(path).replaceAll("/+$", "");
    return plain.isEmpty() ? "/" : plain.substring(plain.lastIndexOf('/') + 1);
  }

  @Override
  public void read(String reference, String path, OutputStream out) throws IOException {
    host.tell(reference, "archive-path");
    inside(
        reference,
        tree -> {
          try (ContainerTree.Place place = tree.place(absolute(path));
              TarWriter tar = new TarWriter(out)) {
            if (place.facts() == null) {
              throw new EngineException.NotFound(
                  "Could not find the file " + path + " in container " + reference);
            }
            String name = baseName(path);
            new TreePacker(tree, tar)
                .pack(place.directory(), place.name(), name.equals("/") ? "." : name);
          }
          return "";
        });
  }

  @Override
  public void write(
      String reference,
      String directory,
      boolean noOverwriteDirNonDir,
      boolean copyIds,
      InputStream archive)
      throws IOException {
    host.tell(reference, "extract-to-dir");
    Optional<Identity> owner =
        copyIds
            ? host.use(reference, (container, paths, layers, pid) -> host.user(container))
            : Optional.empty();
    try {
      inside(
          reference,
          tree ->
              unpack(tree, absolute(directory), noOverwriteDirNonDir, owner.orElse(null), archive));
    } catch (KernelException e) {
      if (e.errno().equals(Errno.EROFS)) {
        throw new EngineException.InvalidRequest(
            "container rootfs or the volume at " + directory + " is marked read-only", e);
      }
      throw new EngineException.Failed("could not unpack: " + e.getMessage(), e);
    }
  }

  private static String unpack(
      ContainerTree tree,
      String directory,
      boolean keepKinds,
      @Nullable Identity owner,
      InputStream archive)
      throws IOException {
    tree.calls.close(tree.directory(directory));
    new TreeUnpacker(tree, directory, keepKinds, owner).unpack(new TarReader(plain(archive)));
    return "";
  }

  private static InputStream plain(InputStream archive) throws IOException {
    BufferedInputStream in = new BufferedInputStream(archive, 128 * 1024);
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    boolean gzip = start.length > 1 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
    return gzip ? new GZIPInputStream(in, 128 * 1024) : in;
  }

  @Override
  public List<Change> changes(String reference) throws IOException {
    Host.Layers layers = host.layers(reference);
    if (!Files.isDirectory(layers.paths().upper())) {
      return List.of();
    }
    return view.layered(
        layers.image().layerDirectories().reversed(),
        layers.paths().merged(),
        image -> view.in(layers.paths().upper(), upper -> new LayerChanges(upper, image).list()));
  }

  @Override
  public void export(String reference, OutputStream out) throws IOException {
    Host.Layers layers = host.layers(reference);
    host.tell(reference, "export");
    Files.createDirectories(layers.paths().upper());
    Files.createDirectories(layers.paths().merged());
    view.layered(
        layers.topFirst(),
        layers.paths().merged(),
        tree -> {
          int root = tree.directory("/");
          try (TarWriter tar = new TarWriter(out)) {
            TreePacker packer = new TreePacker(tree, tar);
            for (String name : tree.calls.names(root).stream().sorted().toList()) {
              packer.pack(root, name, name);
            }
          } finally {
            tree.calls.close(root);
          }
          return "";
        });
  }

  @Override
  public Usage usage(String reference) {
    Host.Layers layers = host.layers(reference);
    long own = FileTrees.size(layers.paths().upper());
    return new Usage(own, own + layers.image().size());
  }
}
