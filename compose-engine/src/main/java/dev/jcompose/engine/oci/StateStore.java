package dev.jcompose.engine.oci;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.RootIdentity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One directory per container below the root given with {@code --root}. */
final class StateStore {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_+.-]+");

  /** Where it is when nobody says where. */
  static final Path DEFAULT_ROOT = Path.of("/run/jcompose/oci");

  private final Path root;

  StateStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path directory(String id) {
    return root.resolve(id);
  }

  /** The pipe on which a start arrives; it is there until then. */
  Path gate(String id) {
    return directory(id).resolve("start.fifo");
  }

  /** The pipe on which the process says what became of its start. */
  Path report(String id) {
    return directory(id).resolve("report.fifo");
  }

  /** The configuration as it was when the container was created. */
  Path config(String id) {
    return directory(id).resolve("config.json");
  }

  /**
   * The control group of a container whose bundle names none. It tells containers of one name with
   * their state under different roots apart. No group is above it: commands come and go at the same
   * time, and none could take that away.
   */
  String group(String id) {
    String mark = root.equals(DEFAULT_ROOT) ? "" : RootIdentity.of(root).suffix().replace('-', '.');
    return "/jcompose-oci" + mark + "-" + id;
  }

  /** Makes the directory of a new container. */
  void make(String id) throws OciException {
    if (!ID.matcher(id).matches() || id.equals(".") || id.equals("..")) {
      throw new OciException(
          "invalid container id \"" + id + "\"; use letters, digits and _ + - .");
    }
    try {
      Files.createDirectories(root);
      Files.createDirectory(directory(id));
    } catch (FileAlreadyExistsException there) {
      throw new OciException("container with id " + id + " already exists", there);
    } catch (IOException e) {
      throw new OciException("cannot make the state directory " + directory(id), e);
    }
  }

  void save(SavedContainer container) throws OciException {
    Path file = directory(container.id()).resolve("state.json");
    Path beside = file.resolveSibling("state.json.new");
    try {
      Files.write(beside, Json.bytes(container.json()));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new OciException("cannot write " + file, e);
    }
  }

  SavedContainer load(String id) throws OciException {
    Path file = directory(id).resolve("state.json");
    try {
      if (ID.matcher(id).matches() && Files.exists(file)) {
        return SavedContainer.of(Json.object(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new OciException("cannot read " + file, e);
    }
    throw new OciException("container \"" + id + "\" does not exist");
  }

  boolean exists(String id) {
    return Files.exists(directory(id));
  }

  List<String> ids() throws OciException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(directory -> Files.exists(directory.resolve("state.json")))
          .map(directory -> directory.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new OciException("cannot list " + root, e);
    }
  }

  void remove(String id) {
    FileTrees.delete(directory(id));
  }
}
