package dev.jcompose.engine.build.cache;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders of {@code RUN --mount=type=cache}, which stay from build to build. */
public final class CacheMounts {
  private static final String DATA = "data";
  private static final String RECORD = "record.json";

  private final Path root;
  private final Clock clock;
  private final Map<Path, Integer> users = new HashMap<>();

  /**
   * @param root one directory below it per folder
   */
  public CacheMounts(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** What builds do that use a folder at the same time. */
  public enum Sharing {
    /** They share it. */
    SHARED,
    /** Each gets one of its own. */
    PRIVATE,
    /** One waits for the other. */
    LOCKED
  }

  /**
   * A folder on the machine.
   *
   * @param id as the Dockerfile has it, after the name space
   * @param size bytes of its files
   */
  public record Folder(
      String id, Path place, long size, Instant created, Instant lastUsed, boolean inUse) {}

  /** A folder in use. */
  public final class Held implements AutoCloseable {
    private final String id;
    private final Path place;

    private Held(String id, Path place) {
      this.id = id;
      this.place = place;
    }

    /** The folder; it is there. */
    public Path directory() {
      return place.resolve(DATA);
    }

    /** Whether nobody has used it before, so that it gets its owner and first content. */
    public boolean isNew() {
      return !Files.exists(place.resolve(RECORD));
    }

    /** It has its owner and first content. */
    public void ready() {
      note();
    }

    private void note() {
      Instant now = clock.instant();
      StateFiles.write(
          place.resolve(RECORD),
          Json.bytes(
              JsonObject.builder()
                  .put("id", id)
                  .put("created", created(now).toString())
                  .put("lastUsed", now.toString())
                  .build()));
    }

    private Instant created(Instant now) {
      Path file = place.resolve(RECORD);
      try {
        return Files.exists(file) ? createdOf(Json.object(Files.readAllBytes(file))) : now;
      } catch (IOException | JsonException | DateTimeException e) {
        return now;
      }
    }

    @Override
    public void close() {
      if (!isNew()) {
        note();
      }
      synchronized (users) {
        users.computeIfPresent(place, (path, count) -> count == 1 ? null : count - 1);
        users.notifyAll();
      }
    }
  }

  /**
   * Takes a folder into use.
   *
   * @param id tells it from others
   */
  public Held take(String id, Sharing sharing) throws IOException, InterruptedException {
    Path place;
    synchronized (users) {
      place = place(id, 0);
      for (int copy = 1; sharing == Sharing.PRIVATE && users.containsKey(place); copy++) {
        place = place(id, copy);
      }
      while (sharing == Sharing.LOCKED && users.containsKey(place)) {
        users.wait();
      }
      users.merge(place, 1, Integer::sum);
    }
    Files.createDirectories(place.resolve(DATA));
    return new Held(id, place);
  }

  /**
   * Takes a folder that is there into use, beside whoever uses it now; nobody removes it then.
   *
   * @return null when it has gone meanwhile
   */
  public @Nullable Held hold(Folder folder) {
    synchronized (users) {
      if (!Files.isDirectory(folder.place().resolve(DATA))) {
        return null;
      }
      users.merge(folder.place(), 1, Integer::sum);
    }
    return new Held(folder.id(), folder.place());
  }

  private Path place(String id, int copy) {
    return root.resolve(Digest.of(copy == 0 ? id : id + "#" + copy).hex().substring(0, 32));
  }

  /** All folders, the longest unused first. */
  public List<Folder> list() throws IOException {
    List<Folder> all = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return all;
    }
    try (DirectoryStream<Path> places = Files.newDirectoryStream(root)) {
      for (Path place : places) {
        Path file = place.resolve(RECORD);
        if (Files.exists(file)) {
          all.add(folder(place, Json.object(Files.readAllBytes(file))));
        }
      }
    }
    all.sort(Comparator.comparing(Folder::lastUsed));
    return all;
  }

  private Folder folder(Path place, JsonObject record) throws IOException {
    return new Folder(
        record.string("id"),
        place,
        size(place.resolve(DATA)),
        createdOf(record),
        Instant.parse(record.string("lastUsed")),
        inUse(place));
  }

  private static Instant createdOf(JsonObject record) {
    String created = record.string("created");
    return Instant.parse(created.isEmpty() ? record.string("lastUsed") : created);
  }

  private boolean inUse(Path place) {
    synchronized (users) {
      return users.containsKey(place);
    }
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .mapToLong(CacheMounts::sizeOf)
          .sum();
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Deletes a folder, unless somebody uses it. */
  public boolean remove(Folder folder) {
    synchronized (users) {
      return !users.containsKey(folder.place()) && FileTrees.delete(folder.place());
    }
  }
}
