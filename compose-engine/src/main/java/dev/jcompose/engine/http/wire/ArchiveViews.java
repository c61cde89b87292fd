package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.container.FileChange;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerFiles.FileStat;
import java.util.Base64;

/** Files of containers as the API describes them. */
public final class ArchiveViews {
  private static final int TYPE = 0xf000;
  private static final int PERMISSIONS = 0777;

  private ArchiveViews() {}

  /** The value of the header that tells about a path: JSON in Base64. */
  public static String header(FileStat stat) {
    JsonObject json =
        JsonObject.builder()
            .put("name", stat.name())
            .put("size", stat.size())
            .put("mode", goMode(stat.mode()))
            .put("mtime", stat.modified().toString())
            .put("linkTarget", stat.linkTarget())
            .build();
    return Base64.getEncoder().encodeToString(Json.bytes(json));
  }

  /** Go's file mode: permissions below, its own bits for types and set-id flags above. */
  static long goMode(int mode) {
    long bits = mode & PERMISSIONS;
    bits |=
        switch (mode & TYPE) {
          case 0x4000 -> 1L << 31;
          case 0xa000 -> 1L << 27;
          case 0x6000 -> 1L << 26;
          case 0x2000 -> 1L << 26 | 1L << 21;
          case 0x1000 -> 1L << 25;
          case 0xc000 -> 1L << 24;
          default -> 0;
        };
    bits |= (mode & 04000) != 0 ? 1L << 23 : 0;
    bits |= (mode & 02000) != 0 ? 1L << 22 : 0;
    bits |= (mode & 01000) != 0 ? 1L << 20 : 0;
    return bits;
  }

  /** A changed path. */
  public static FileChange change(ContainerFiles.Change change) {
    return new FileChange(
        change.path(),
        switch (change.kind()) {
          case MODIFIED -> FileChange.Kind.CHANGED;
          case ADDED -> FileChange.Kind.ADDED;
          case DELETED -> FileChange.Kind.DELETED;
        });
  }
}
