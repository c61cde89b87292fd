package dev.jcompose.core.port.stream;

import org.jspecify.annotations.Nullable;

/**
 * Events as they happen. The engine listens from the moment the reader exists, so nothing is lost
 * between opening it and looking at the world. Close it from any thread to end a blocked {@link
 * #next}.
 */
public interface EventReader extends AutoCloseable {
  /** The next event, or null at the end. Blocks. */
  @Nullable EngineEvent next();

  @Override
  void close();
}
