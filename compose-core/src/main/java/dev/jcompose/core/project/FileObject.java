package dev.jcompose.core.project;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A config or a secret of the top level: one file's worth of content.
 *
 * @param key the name services refer to it by
 * @param name the engine's name for it
 * @param file absolute path of the content on this machine; null when it comes from elsewhere
 * @param environment variable of the project environment that holds the content; null when it comes
 *     from elsewhere
 * @param content the content itself, given literally or taken from {@code environment}; null when
 *     {@code file} gives it or the variable is not set
 * @param fileHash of the content of {@code file}, read when it is asked for; empty without one
 * @param external whether it must exist already
 * @param driver null for none
 * @param driverOptions options for the driver
 * @param templateDriver null for none
 * @param labels labels of the user
 */
public record FileObject(
    String key,
    String name,
    @Nullable String file,
    @Nullable String environment,
    @Nullable String content,
    ConfigHash fileHash,
    boolean external,
    @Nullable String driver,
    Map<String, String> driverOptions,
    @Nullable String templateDriver,
    Map<String, String> labels) {
  /** Copies the maps, keeping their order. */
  public FileObject {
    driverOptions = Collections.unmodifiableMap(new LinkedHashMap<>(driverOptions));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** The same with the hash of what is in its file. */
  public FileObject withFileHash(ConfigHash hash) {
    return new FileObject(
        key,
        name,
        file,
        environment,
        content,
        hash,
        external,
        driver,
        driverOptions,
        templateDriver,
        labels);
  }
}
