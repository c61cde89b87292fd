package dev.jcompose.engine.volume;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Volumes as directories: {@code volumes/<name>/_data} holds the files, {@code volume.json} beside
 * it the record. A volume exists from the moment its record does.
 */
public final class VolumeStore implements Volumes {
  private static final String DATA = "_data";
  private static final String RECORD = "volume.json";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

  private record Stored(
      String name,
      Map<String, String> labels,
      Map<String, String> options,
      Instant created,
      boolean anonymous,
      @Nullable String madeFor) {}

  private final Path directory;
  private final EventBus events;
  private final Clock clock;
  private final Function<String, Set<String>> users;
  private final Map<String, Volume> volumes = new ConcurrentSkipListMap<>();
  private final Map<String, String> madeFor = new ConcurrentHashMap<>();

  /**
   * Reads the volumes there are. What a crash left half made or half removed is cleared away.
   *
   * @param users answers which containers use a volume
   */
  public VolumeStore(
      StateDirectory state, EventBus events, Clock clock, Function<String, Set<String>> users) {
    this.directory = state.volumes();
    this.events = events;
    this.clock = clock;
    this.users = users;
    load();
  }

  private void load() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        StateFiles.read(entry.resolve(RECORD), Stored.class)
            .ifPresentOrElse(this::loaded, () -> FileTrees.delete(entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + directory, e);
    }
  }

  private void loaded(Stored stored) {
    volumes.put(stored.name(), volume(stored));
    if (stored.madeFor() != null) {
      madeFor.put(stored.name(), stored.madeFor());
    }
  }

  private Volume volume(Stored stored) {
    String device = stored.options().get("device");
    return new Volume(
        stored.name(),
        "local",
        device == null ? directory.resolve(stored.name()).resolve(DATA) : Path.of(device),
        stored.labels(),
        stored.options(),
        stored.created(),
        stored.anonymous());
  }

  @Override
  public synchronized Volume create(VolumeRequest request) {
    String name = request.name() == null || request.name().isEmpty() ? anyName() : request.name();
    check(request, name);
    Volume existing = volumes.get(name);
    if (existing != null) {
      if (!request.options().isEmpty() && !request.options().equals(existing.options())) {
        throw new EngineException.Conflict(
            "a volume named \""
                + name
                + "\" exists with other options; remove it or choose another name");
      }
      return existing;
    }
    boolean anonymous = request.name() == null || request.name().isEmpty();
    var stored =
        new Stored(
            name,
            request.labels(),
            request.options(),
            clock.instant(),
            anonymous,
            request.madeFor());
    Path place = directory.resolve(name);
    try {
      Files.createDirectories(place.resolve(DATA));
      CrashPoint.VOLUME_DIRECTORY_MADE.reached();
    } catch (IOException e) {
      throw new EngineException.Failed("could not make volume " + name + ": " + e.getMessage(), e);
    }
    StateFiles.write(place.resolve(RECORD), stored);
    CrashPoint.VOLUME_RECORD_WRITTEN.reached();
    Volume volume = volume(stored);
    volumes.put(name, volume);
    if (request.madeFor() != null) {
      madeFor.put(name, request.madeFor());
    }
    events.publish(Event.Type.VOLUME, "create", name, Map.of("driver", volume.driver()));
    return volume;
  }

  private static void check(VolumeRequest request, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException.InvalidRequest(
          "\""
              + name
              + "\" includes invalid characters for a local volume name, only"
              + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed, and at least two of them; for a"
              + " directory of the host write an absolute path");
    }
    if (!request.driver().isEmpty() && !request.driver().equals("local")) {
      throw new EngineException.NotFound(
          "volume driver \"" + request.driver() + "\" is not there; only local is");
    }
    if (!request.options().isEmpty() && bindDevice(request.options()) == null) {
      throw new EngineException.InvalidRequest(
          "volume \""
              + name
              + "\": options "
              + request.options()
              + " are not supported; the only kind with options is type none, o bind, device"
              + " an absolute path");
    }
  }

  private static @Nullable String bindDevice(Map<String, String> options) {
    String device = options.get("device");
    String type = options.getOrDefault("type", "none");
    boolean bind = List.of(options.getOrDefault("o", "").split(",", -1)).contains("bind");
    return bind && type.equals("none") && device != null && device.startsWith("/") ? device : null;
  }

  private static String anyName() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public Volume get(String name) {
    Volume volume = volumes.get(name);
    if (volume == null) {
      throw new EngineException.NotFound("get " + name + ": no such volume");
    }
    return volume;
  }

  @Override
  public List<Volume> list() {
    return List.copyOf(volumes.values());
  }

  @Override
  public synchronized void remove(String name, boolean force) {
    Volume volume = volumes.get(name);
    if (volume == null) {
      if (force) {
        return;
      }
      throw new EngineException.NotFound("get " + name + ": no such volume");
    }
    Set<String> used = users(name);
    if (!used.isEmpty()) {
      throw new EngineException.Conflict(
          "remove " + name + ": volume is in use - [" + String.join(", ", used) + "]");
    }
    Path place = directory.resolve(name);
    try {
      // Without its record the volume is gone, whatever happens to the files.
      Files.deleteIfExists(place.resolve(RECORD));
      CrashPoint.VOLUME_RECORD_GONE.reached();
    } catch (IOException e) {
      throw new EngineException.Failed(
          "could not remove volume " + name + ": " + e.getMessage(), e);
    }
    volumes.remove(name);
    madeFor.remove(name);
    FileTrees.delete(place);
    events.publish(Event.Type.VOLUME, "destroy", name, Map.of("driver", volume.driver()));
  }

  @Override
  public synchronized void removeMadeFor(String containerId) {
    List<String> names =
        madeFor.entrySet().stream()
            .filter(entry -> entry.getValue().equals(containerId))
            .map(Map.Entry::getKey)
            .filter(name -> users(name).isEmpty())
            .toList();
    names.forEach(name -> remove(name, true));
  }

  @Override
  public Set<String> users(String name) {
    return users.apply(name);
  }
}
