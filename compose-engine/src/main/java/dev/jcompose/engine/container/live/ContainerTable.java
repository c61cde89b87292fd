package dev.jcompose.engine.container.live;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All containers of this engine, by id and by name. */
public final class ContainerTable {
  private final Map<String, LiveContainer> byId = new ConcurrentHashMap<>();
  private final Map<String, String> idByName = new ConcurrentHashMap<>();

  /**
   * The container a reference means.
   *
   * @throws EngineException.NotFound when there is none
   * @throws EngineException.InvalidRequest when an id prefix is ambiguous
   */
  public LiveContainer find(String reference) {
    LiveContainer exact = byId.get(reference);
    if (exact != null) {
      return exact;
    }
    String name = reference.startsWith("/") ? reference.substring(1) : reference;
    String id = idByName.get(name);
    LiveContainer named = id == null ? null : byId.get(id);
    if (named != null) {
      return named;
    }
    List<LiveContainer> matches =
        reference.isEmpty()
            ? List.of()
            : byId.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(reference))
                .map(Map.Entry::getValue)
                .toList();
    if (matches.size() > 1) {
      throw new EngineException.InvalidRequest(
          "multiple IDs found with provided prefix: " + reference);
    }
    if (matches.isEmpty()) {
      throw new EngineException.NotFound("No such container: " + reference);
    }
    return matches.getFirst();
  }

  /** The record a reference means; throws when there is none, or an id prefix is ambiguous. */
  public ContainerRecord get(String reference) {
    return find(reference).container();
  }

  /** All records, newest first. */
  public List<ContainerRecord> list() {
    return byId.values().stream()
        .map(LiveContainer::container)
        .sorted(Comparator.comparing(ContainerRecord::created).reversed())
        .toList();
  }

  public List<LiveContainer> all() {
    return List.copyOf(byId.values());
  }

  /** Ids of the containers that use a volume. */
  public Set<String> usersOfVolume(String volume) {
    return list().stream()
        .filter(container -> container.mounts().stream().anyMatch(m -> m.name().equals(volume)))
        .map(ContainerRecord::id)
        .collect(Collectors.toSet());
  }

  /**
   * Takes a name before its container exists.
   *
   * @throws EngineException.Conflict when it is taken
   */
  public void reserveName(String name, String id) {
    String holder = idByName.putIfAbsent(name, id);
    if (holder != null) {
      throw new EngineException.Conflict(
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + holder
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
  }

  public boolean isFree(String name) {
    return !idByName.containsKey(name);
  }

  public void releaseName(String name, String id) {
    idByName.remove(name, id);
  }

  public void add(LiveContainer container) {
    byId.put(container.container().id(), container);
  }

  public void remove(LiveContainer container) {
    ContainerRecord last = container.container();
    byId.remove(last.id());
    releaseName(last.name(), last.id());
  }
}
