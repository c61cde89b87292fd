package dev.jcompose.engine.oci;

import java.util.Locale;

/** Where in its lifecycle a container is (runtime-spec, State); paused as runc has it. */
public enum ContainerStatus {
  CREATING,
  CREATED,
  RUNNING,
  PAUSED,
  STOPPED;

  /** As the state has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
