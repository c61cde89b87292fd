package dev.jcompose.engine.oci.bundle;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory with a {@code config.json} and usually a root file system.
 *
 * @param directory absolute
 */
public record Bundle(Path directory, JsonObject config) {
  /** The newest version of the specification this runtime was written against. */
  public static final String VERSION = "1.3.0";

  /**
   * Reads a bundle.
   *
   * @throws BundleException when there is no readable configuration of a version known here
   */
  public static Bundle read(Path directory) throws BundleException {
    Path real = directory.toAbsolutePath().normalize();
    return of(real, real.resolve("config.json"));
  }

  /** As {@link #read}, with the configuration kept elsewhere. */
  public static Bundle of(Path directory, Path file) throws BundleException {
    JsonObject config;
    try {
      config = Json.object(Files.readAllBytes(file));
    } catch (JsonException e) {
      throw new BundleException(file + " is not JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BundleException(
          "cannot read " + file + "; name the directory that has it with --bundle", e);
    }
    String version = config.string("ociVersion");
    if (!version.matches("1\\.\\d+\\.\\d+.*")) {
      throw new BundleException(
          "config.json: ociVersion \"" + version + "\" is not known; this runtime does 1.x");
    }
    return new Bundle(directory, config);
  }

  /** Where the root file system is. */
  public Path root() throws BundleException {
    String path = config.object("root").string("path");
    Path root = directory.resolve(path).normalize();
    if (path.isEmpty() || !Files.isDirectory(root)) {
      throw new BundleException("config.json: root.path " + root + " is not a directory");
    }
    return root;
  }

  /** Free notes that the state shows. */
  public Map<String, String> annotations() {
    return config.stringMap("annotations");
  }
}
