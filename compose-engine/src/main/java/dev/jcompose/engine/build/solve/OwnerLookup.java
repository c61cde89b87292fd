package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.copy.Owner;
import dev.jcompose.engine.container.launch.LayeredFiles;
import dev.jcompose.engine.container.launch.UserLookup;
import dev.jcompose.engine.runtime.Identity;
import java.nio.file.Path;
import java.util.List;

/** Turns the users of {@code --chown} and USER into numbers, by the user lists of the stage. */
final class OwnerLookup {
  private OwnerLookup() {}

  /**
   * An owner as {@code --chown} has it. A number alone is the group's too, and a group alone goes
   * with root.
   *
   * @param layers of the stage, lowest first
   * @throws dev.jcompose.engine.EngineException.InvalidRequest when a name is not in the lists
   */
  static Owner of(String text, List<Path> layers) {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    if (colon < 0 && user.chars().allMatch(Character::isDigit) && !user.isEmpty()) {
      long number = Long.parseLong(user);
      return new Owner(number, number);
    }
    return ofUser(text, layers);
  }

  /** The owner of what a user of this name makes. */
  static Owner ofUser(String text, List<Path> layers) {
    if (text.isEmpty()) {
      return Owner.ROOT;
    }
    Identity identity =
        new UserLookup(new LayeredFiles(layers.reversed())).identity(text, List.of());
    return new Owner(identity.uid(), identity.gid());
  }
}
