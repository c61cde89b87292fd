package dev.jcompose.engine.build.cache;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.layer.LayerArchive;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Leftover;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that builds keep for the next ones: shown as one list, pruned, kept below a size. */
public final class BuildCache {
  private final StepCache steps;
  private final CacheMounts mounts;
  private final ImageStore store;
  private final FileCalls files;

  public BuildCache(StepCache steps, CacheMounts mounts, ImageStore store, FileCalls files) {
    this.files = files;
    this.steps = steps;
    this.mounts = mounts;
    this.store = store;
  }

  /**
   * What went.
   *
   * @param ids of the entries
   * @param freed bytes
   */
  public record Pruned(List<String> ids, long freed) {
    public Pruned {
      ids = List.copyOf(ids);
    }
  }

  /** An entry and how to forget it. */
  private record Kept(
      CacheEntry entry, List<StepRecord> records, CacheMounts.@Nullable Folder folder) {}

  /** Everything, the longest unused first. */
  public List<CacheEntry> list() throws IOException {
    return kept().stream().map(Kept::entry).toList();
  }

  /**
   * Takes the folder of a cache mount into use, such as to copy it.
   *
   * @param name the beginning of its id in the list, or its id in the Dockerfile, after that of its
   *     name space and a slash
   * @throws EngineException.NotFound when there is none, or more than one
   */
  public CacheMounts.Held mount(String name) throws IOException {
    List<CacheMounts.Folder> found =
        mounts.list().stream()
            .filter(
                folder ->
                    folder.id().equals(name)
                        || folder.id().equals("/" + name)
                        || String.valueOf(folder.place().getFileName()).startsWith(name))
            .toList();
    CacheMounts.Held held =
        found.size() == 1 && !name.isEmpty() ? mounts.hold(found.getFirst()) : null;
    if (held == null) {
      throw new EngineException.NotFound(
          "%s cache mount is \"%s\"; jcompose image df --verbose lists them"
              .formatted(found.size() > 1 ? "more than one" : "no", name));
    }
    return held;
  }

  /** Writes what is in the folder of a cache mount as a tar archive, and closes the stream. */
  public void export(CacheMounts.Held mount, OutputStream out) throws IOException {
    LayerArchive.write(files, mount.directory(), out);
  }

  /**
   * Removes entries that no build uses, the longest unused first.
   *
   * @param all whether those go too whose layer an image has; this frees nothing
   * @param which of them may go
   * @param keep bytes that stay: nothing more goes when all entries together take no more
   */
  public synchronized Pruned prune(boolean all, Predicate<CacheEntry> which, long keep)
      throws IOException {
    List<Kept> kept = kept();
    long total = kept.stream().mapToLong(one -> one.entry().size()).sum();
    List<Kept> dead = new ArrayList<>();
    for (Kept one : kept) {
      CacheEntry entry = one.entry();
      if (keep > 0 && total <= keep) {
        break;
      }
      if (!entry.inUse() && (all || !entry.shared()) && which.test(entry)) {
        dead.add(one);
        total -= entry.size();
      }
    }
    return remove(dead);
  }

  /**
   * Removes the longest unused entries that no build uses and no image has, until what is left of
   * them takes no more than a size.
   *
   * @param most bytes
   * @return bytes that were freed
   */
  public synchronized long limit(long most) throws IOException {
    List<Kept> own = kept().stream().filter(one -> !one.entry().shared()).toList();
    long excess = own.stream().mapToLong(one -> one.entry().size()).sum() - most;
    return free(own, excess);
  }

  /**
   * Removes the longest unused entries that no build uses and no image has, until that has freed
   * enough.
   *
   * @return bytes that were freed
   */
  public synchronized long free(long bytes) throws IOException {
    return free(kept().stream().filter(one -> !one.entry().shared()).toList(), bytes);
  }

  private long free(List<Kept> own, long bytes) throws IOException {
    List<Kept> dead = new ArrayList<>();
    long rest = bytes;
    for (Kept one : own) {
      if (rest <= 0) {
        break;
      }
      if (!one.entry().inUse()) {
        dead.add(one);
        rest -= one.entry().size();
      }
    }
    return remove(dead).freed();
  }

  private Pruned remove(List<Kept> dead) throws IOException {
    List<String> ids = new ArrayList<>();
    Set<Digest> layers = new HashSet<>();
    long freed = 0;
    for (Kept one : dead) {
      CacheMounts.Folder folder = one.folder();
      if (folder == null) {
        steps.remove(one.records());
        addChain(one.records().getFirst().chainId(), layers);
      } else if (mounts.remove(folder)) {
        freed += folder.size();
      } else {
        continue;
      }
      ids.add(one.entry().id());
    }
    steps.save();
    // A layer stays while another step stands on it, and goes with the last of these.
    for (Leftover leftover : layers.isEmpty() ? List.<Leftover>of() : store.usage().leftovers()) {
      if (leftover.kind() == Leftover.Kind.LAYER && layers.contains(leftover.digest())) {
        freed += store.remove(leftover);
      }
    }
    return new Pruned(ids, freed);
  }

  private void addChain(Digest top, Set<Digest> layers) {
    Digest next = top;
    while (next != null && layers.add(next)) {
      Layer layer = store.layers().find(next);
      next = layer == null ? null : layer.parent();
    }
  }

  private List<Kept> kept() throws IOException {
    Map<Digest, List<StepRecord>> byLayer = new HashMap<>();
    steps
        .list()
        .forEach(
            record ->
                byLayer.computeIfAbsent(record.chainId(), id -> new ArrayList<>()).add(record));
    Set<Digest> ofImages = store.imageLayers();
    Map<Digest, Instant> used = lastUses();
    Map<Digest, Integer> depths = new HashMap<>();
    List<Kept> all = new ArrayList<>();
    byLayer.forEach(
        (chainId, records) -> {
          Layer layer = store.layers().find(chainId);
          if (layer == null) {
            steps.remove(records);
            return;
          }
          depths.put(chainId, store.layers().directories(chainId).size());
          Instant lastUsed = used.getOrDefault(chainId, records.getLast().lastUsed());
          all.add(step(layer, records, ofImages.contains(chainId), lastUsed));
        });
    for (CacheMounts.Folder folder : mounts.list()) {
      all.add(
          new Kept(
              new CacheEntry(
                  String.valueOf(folder.place().getFileName()),
                  CacheEntry.Kind.MOUNT,
                  "cache mount " + folder.id(),
                  folder.size(),
                  folder.inUse(),
                  false,
                  folder.created(),
                  folder.lastUsed()),
              List.of(),
              folder));
    }
    // Of one build, what stands on others goes before them.
    all.sort(
        Comparator.comparing((Kept one) -> one.entry().lastUsed())
            .thenComparingInt(one -> -depth(one, depths))
            .thenComparing(one -> one.entry().id()));
    return all;
  }

  /** When each layer was last used: whoever uses one uses all below it. */
  private Map<Digest, Instant> lastUses() {
    Map<Digest, Instant> uses = new HashMap<>();
    for (StepRecord record : steps.list().reversed()) {
      Digest next = record.chainId();
      while (next != null && uses.putIfAbsent(next, record.lastUsed()) == null) {
        Layer layer = store.layers().find(next);
        next = layer == null ? null : layer.parent();
      }
    }
    return uses;
  }

  private static int depth(Kept one, Map<Digest, Integer> depths) {
    return one.records().isEmpty() ? 0 : depths.getOrDefault(one.records().getFirst().chainId(), 0);
  }

  private Kept step(Layer layer, List<StepRecord> records, boolean shared, Instant lastUsed) {
    StepRecord latest = records.getLast();
    Instant created =
        records.stream().map(StepRecord::created).min(Comparator.naturalOrder()).orElseThrow();
    return new Kept(
        new CacheEntry(
            layer.chainId().hex(),
            CacheEntry.Kind.STEP,
            latest.description(),
            layer.size(),
            store.layers().isHeld(layer.chainId()),
            shared,
            created,
            lastUsed),
        records,
        null);
  }
}
