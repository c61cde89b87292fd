package dev.jcompose.engine.http.services;

import java.time.Instant;

/** The engine as a process. */
public interface EngineProcess {
  /** The version of jcompose, for instance 0.1.0. */
  String version();

  /** When the process began to serve. */
  Instant startedAt();

  /** 1 or 2, the hierarchy of cgroups in use. */
  int cgroupVersion();

  /**
   * Asks the engine to end; returns at once. Containers go on, as after any end of the engine. The
   * answer to the request that asked is sent before the server stops.
   */
  void shutdown();
}
