package dev.jcompose.core.port.stream;

import dev.jcompose.core.port.view.UsageView;
import org.jspecify.annotations.Nullable;

/** Measurements as they come. Close it from any thread to end a blocked {@link #next}. */
public interface UsageReader extends AutoCloseable {
  /** The next measurement, or null at the end. Blocks. */
  @Nullable UsageView next();

  @Override
  void close();
}
