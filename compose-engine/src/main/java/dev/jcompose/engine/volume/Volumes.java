package dev.jcompose.engine.volume;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The named volumes of this engine. */
public interface Volumes {
  /**
   * What a client asks for.
   *
   * @param name null: one is made up and the volume counts as anonymous
   * @param driver empty: local, the only one there is
   * @param options of the driver: {@code type}, {@code device}, {@code o}
   * @param madeFor id of the container that is being made and needs it; null: none
   */
  record VolumeRequest(
      @Nullable String name,
      String driver,
      Map<String, String> options,
      Map<String, String> labels,
      @Nullable String madeFor) {
    public VolumeRequest {
      options = Map.copyOf(options);
      labels = Map.copyOf(labels);
    }

    /** A volume that a client asks for by itself. */
    public VolumeRequest(
        @Nullable String name,
        String driver,
        Map<String, String> options,
        Map<String, String> labels) {
      this(name, driver, options, labels, null);
    }
  }

  /**
   * Makes a volume, or answers the one that has the name already.
   *
   * @throws dev.jcompose.engine.EngineException.InvalidRequest when the name is not allowed, or the
   *     driver is unknown
   * @throws dev.jcompose.engine.EngineException.Conflict when the name has a volume with another
   *     driver or other options
   */
  Volume create(VolumeRequest request);

  /**
   * The volume of that name.
   *
   * @throws dev.jcompose.engine.EngineException.NotFound when there is none
   */
  Volume get(String name);

  /** All volumes, by name. */
  List<Volume> list();

  /**
   * Removes a volume and its files.
   *
   * @param force no error when there is none
   * @throws dev.jcompose.engine.EngineException.Conflict when containers use it
   */
  void remove(String name, boolean force);

  /** Removes what was made for a container that an engine that was killed has not finished. */
  void removeMadeFor(String containerId);

  /** The ids of the containers that use a volume. */
  Set<String> users(String name);
}
