package dev.jcompose.engine.runtime;

import java.nio.file.Path;

/** The namespaces of a container besides its mount namespace, which is always its own. */
public record Namespaces(
    Namespace network, Namespace pid, Namespace ipc, Namespace uts, Namespace cgroup) {

  /** All of its own. */
  public static final Namespaces OWN =
      new Namespaces(
          new Namespace.Own(),
          new Namespace.Own(),
          new Namespace.Own(),
          new Namespace.Own(),
          new Namespace.Own());

  /** Where one namespace comes from. */
  public sealed interface Namespace {
    /** A new one. */
    record Own() implements Namespace {}

    /** The engine's. */
    record Host() implements Namespace {}

    /**
     * An existing one.
     *
     * @param path such as {@code /proc/PID/ns/net}
     */
    record Join(Path path) implements Namespace {}
  }
}
