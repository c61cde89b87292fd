package dev.jcompose.cli.watch;

import dev.jcompose.core.project.deploy.WatchRule;
import java.nio.file.Path;

/**
 * A rule of a service, ready to be asked.
 *
 * @param service whose rule it is
 * @param index its place among the service's rules
 */
record WatchedPath(String service, int index, WatchRule rule, FileFilter filter) {
  Path path() {
    return Path.of(rule.path());
  }

  /** Whether files are copied. */
  boolean copies() {
    return switch (rule.action()) {
      case SYNC, SYNC_RESTART, SYNC_EXEC -> true;
      case REBUILD, RESTART -> false;
    };
  }

  /** Where a file below its path is in the containers: absolute, without a slash at its end. */
  String target(Path file) {
    String target = rule.target() == null ? "/" : rule.target();
    Path there = Path.of("/").resolve(target).normalize();
    return there.resolve(path().relativize(file)).normalize().toString();
  }
}
