package dev.jcompose.engine.container.create;

import dev.jcompose.engine.EngineException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names and ids of containers. */
public final class NameMaker {
  private static final Pattern NAME = Pattern.compile("/?[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final RandomGenerator RANDOM = new SecureRandom();
  private static final List<String> MOODS =
      List.of(
          "amber", "brisk", "calm", "daring", "eager", "fond", "gentle", "hardy", "idle", "jolly",
          "keen", "lively", "mellow", "nimble", "open", "placid", "quick", "rapid", "steady",
          "tidy", "upbeat", "vivid", "warm", "young", "zesty");
  private static final List<String> BEINGS =
      List.of(
          "alder", "badger", "cedar", "dolphin", "ermine", "falcon", "gecko", "heron", "ibis",
          "jackdaw", "kestrel", "lynx", "marten", "newt", "otter", "plover", "quail", "robin",
          "stoat", "tern", "urchin", "vole", "wren", "yew", "zander");

  private NameMaker() {}

  /** A new id: 64 hex digits, not all of the first twelve of them decimal. */
  public static String id() {
    byte[] bytes = new byte[32];
    while (true) {
      RANDOM.nextBytes(bytes);
      String id = HexFormat.of().formatHex(bytes);
      // A short id that is a number would be taken for one, for instance as a host name.
      if (!id.substring(0, 12).chars().allMatch(Character::isDigit)) {
        return id;
      }
    }
  }

  /** A name for a container nobody named; not necessarily free. */
  static String name() {
    return MOODS.get(RANDOM.nextInt(MOODS.size()))
        + "_"
        + BEINGS.get(RANDOM.nextInt(BEINGS.size()))
        + "_"
        + RANDOM.nextInt(10_000);
  }

  /**
   * The name without a leading slash.
   *
   * @throws EngineException.InvalidRequest when a container cannot be called that
   */
  public static String check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new EngineException.InvalidRequest(
          "Invalid container name ("
              + name
              + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed, and at least two of them");
    }
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
