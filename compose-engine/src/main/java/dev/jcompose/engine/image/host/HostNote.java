package dev.jcompose.engine.image.host;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * From what an image was made, so that a look at the files' sizes and times tells whether it still
 * is what this machine would make.
 *
 * @param image id of the image
 * @param fingerprint of everything in its layers
 * @param stamps absolute path on this machine to its {@link #stamp}; for directories that are
 *     searched for programs the time tells that one may have come or gone
 */
record HostNote(Digest image, String fingerprint, Map<String, String> stamps) implements JsonValue {
  HostNote {
    stamps = Collections.unmodifiableMap(new LinkedHashMap<>(stamps));
  }

  static HostNote of(JsonObject json) {
    return new HostNote(
        Digest.parse(json.string("image")), json.string("fingerprint"), json.stringMap("stamps"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("image", image.toString())
        .put("fingerprint", fingerprint)
        .put("stamps", stamps)
        .build();
  }

  /** Whether every file is as it was. */
  boolean isCurrent() throws IOException {
    for (Map.Entry<String, String> entry : stamps.entrySet()) {
      if (!stamp(Path.of(entry.getKey())).equals(entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The stamps of these paths now. */
  static Map<String, String> stamps(Iterable<Path> paths) throws IOException {
    Map<String, String> stamps = new TreeMap<>();
    for (Path path : paths) {
      stamps.put(path.toString(), stamp(path));
    }
    return stamps;
  }

  /** Size, time of the last change and inode of a file, links followed. */
  static String stamp(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.size()
          + " "
          + attributes.lastModifiedTime().toMillis()
          + " "
          + attributes.fileKey();
    } catch (NoSuchFileException e) {
      return "absent";
    }
  }
}
