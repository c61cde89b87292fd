package dev.jcompose.core.project;

import dev.jcompose.core.problem.Location;

/** Knows where the attributes of a project stand in its files. */
public interface Places {
  /**
   * Where an attribute stands, or else what it would be part of.
   *
   * @param path dotted path such as {@code services.web.ports[0]}
   * @return {@link Location#NONE} when nobody wrote it
   */
  Location of(String path);
}
