package dev.jcompose.engine.network;

import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Networks as one JSON file each. */
public final class NetworkFiles implements NetworkStore {
  private static final String SUFFIX = ".json";

  private final Path directory;

  /**
   * @param directory made when the first network is written
   */
  public NetworkFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<Network> load() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .flatMap(file -> StateFiles.read(file, Network.class).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list " + directory, e);
    }
  }

  @Override
  public void save(Network network) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("could not make " + directory, e);
    }
    StateFiles.write(file(network.id()), network);
  }

  @Override
  public void delete(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file(id), e);
    }
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }
}
