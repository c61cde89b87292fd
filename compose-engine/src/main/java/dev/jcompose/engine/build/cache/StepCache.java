package dev.jcompose.engine.build.cache;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The steps that were built, by key, and the layers they made. The layers are those of the image
 * store; the records are one file, and losing them costs only time.
 */
public final class StepCache {
  private static final System.Logger LOG = System.getLogger(StepCache.class.getName());

  /** Uses within this time of each other are one: the file is not written for every build. */
  private static final Duration COARSE = Duration.ofMinutes(10);

  private final Path file;
  private final Clock clock;
  private final Map<Digest, StepRecord> records = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();

  private StepCache(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Opens the cache.
   *
   * @param file where the records are; need not exist
   */
  public static StepCache open(Path file, Clock clock) {
    StepCache cache = new StepCache(file, clock);
    cache.load();
    return cache;
  }

  private void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (StepRecord record :
          Json.object(Files.readAllBytes(file)).records("steps", StepRecord::of)) {
        records.put(record.key(), record);
      }
    } catch (IOException | JsonException | BadReferenceException | DateTimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the build cache is forgotten: " + e.getMessage());
      records.clear();
    }
  }

  /**
   * The layer a step made before.
   *
   * @param lease holds the layer from now on
   * @return null when there is none
   */
  public @Nullable Layer find(Digest key, Lease lease) {
    StepRecord record = records.get(key);
    if (record == null) {
      return null;
    }
    Layer layer = lease.find(record.chainId());
    if (layer == null) {
      records.remove(key);
      changed.set(true);
    } else if (record.lastUsed().plus(COARSE).isBefore(clock.instant())) {
      records.put(key, record.usedAt(clock.instant()));
      changed.set(true);
    }
    return layer;
  }

  /** The record of a step; null when there is none. */
  public @Nullable StepRecord record(Digest key) {
    return records.get(key);
  }

  /**
   * Remembers what a step made.
   *
   * @param created the time that images made of the layer tell
   */
  public void put(Digest key, Layer layer, Instant created, String description) {
    records.put(
        key,
        new StepRecord(key, layer.chainId(), layer.size(), created, clock.instant(), description));
    changed.set(true);
  }

  /** All records, the longest unused first. */
  public List<StepRecord> list() {
    return records.values().stream()
        .sorted(Comparator.comparing(StepRecord::lastUsed).thenComparing(StepRecord::key))
        .toList();
  }

  /** Forgets steps; their layers are deleted by the image store when nobody needs them. */
  public void remove(Iterable<StepRecord> forgotten) {
    for (StepRecord record : forgotten) {
      records.remove(record.key());
      changed.set(true);
    }
  }

  /** The layers the cache needs. */
  public Set<Digest> chainIds() {
    Set<Digest> all = new HashSet<>();
    records.values().forEach(record -> all.add(record.chainId()));
    return all;
  }

  /** Writes the records to disk when they have changed. */
  public void save() {
    if (changed.getAndSet(false)) {
      StateFiles.write(file, Json.bytes(JsonObject.builder().put("steps", list()).build()));
    }
  }
}
