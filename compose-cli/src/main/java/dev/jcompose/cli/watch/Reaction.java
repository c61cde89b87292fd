package dev.jcompose.cli.watch;

import dev.jcompose.core.project.deploy.WatchRule;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of changes calls for, in the order it is done: rebuild, copy, restart, run (compose
 * facts 3.27).
 *
 * @param rebuilds services whose image is built anew
 * @param copies by service, the file of this machine by its path in the containers; one that is not
 *     there any more is taken away there, too
 * @param restarts services that are restarted
 * @param commands rules whose command runs, once each
 */
record Reaction(
    Set<String> rebuilds,
    Map<String, Map<String, Path>> copies,
    Set<String> restarts,
    Set<WatchedPath> commands) {

  static Reaction to(Collection<Path> changed, Collection<WatchedPath> rules) {
    Reaction reaction =
        new Reaction(
            new LinkedHashSet<>(),
            new LinkedHashMap<>(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>());
    for (WatchedPath rule : rules) {
      for (Path file : changed) {
        if (rule.filter().accepts(file)) {
          reaction.add(rule, file);
        }
      }
    }
    return reaction;
  }

  private void add(WatchedPath rule, Path file) {
    if (rule.copies()) {
      copies
          .computeIfAbsent(rule.service(), service -> new LinkedHashMap<>())
          .put(rule.target(file), file);
    }
    WatchRule.Action action = rule.rule().action();
    switch (action) {
      case REBUILD -> rebuilds.add(rule.service());
      case RESTART, SYNC_RESTART -> restarts.add(rule.service());
      case SYNC_EXEC -> commands.add(rule);
      case SYNC -> {}
    }
  }

  boolean isEmpty() {
    return rebuilds.isEmpty() && copies.isEmpty() && restarts.isEmpty() && commands.isEmpty();
  }
}
