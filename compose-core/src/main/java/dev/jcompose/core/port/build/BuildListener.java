package dev.jcompose.core.port.build;

/** Hears what builds do; called from several threads at once. */
@FunctionalInterface
public interface BuildListener {
  /** Something happened in the build of this service's image. */
  void news(String service, BuildNews news);

  /** Nobody listens. */
  BuildListener SILENT = (service, news) -> {};
}
