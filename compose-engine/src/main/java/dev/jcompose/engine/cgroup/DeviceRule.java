package dev.jcompose.engine.cgroup;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule about device nodes.
 *
 * @param allow or deny
 * @param type {@code a} (all), {@code b} (block) or {@code c} (character)
 * @param major null for any
 * @param minor null for any
 * @param access letters of {@code rwm}: read, write, make the node
 */
public record DeviceRule(
    boolean allow, char type, @Nullable Integer major, @Nullable Integer minor, String access) {
  private static final Pattern TEXT =
      Pattern.compile("([abc]) +(\\*|\\d+):(\\*|\\d+) +([rwm]{1,3})");

  public DeviceRule {
    if ("abc".indexOf(type) < 0 || !access.matches("[rwm]{1,3}")) {
      throw new IllegalArgumentException("not a device rule: " + type + " " + access);
    }
  }

  /** Everything is denied. */
  public static final DeviceRule DENY_ALL = new DeviceRule(false, 'a', null, null, "rwm");

  /** Everything is allowed, as privileged containers have it. */
  public static final DeviceRule ALLOW_ALL = new DeviceRule(true, 'a', null, null, "rwm");

  /** What an ordinary container may do: nodes may be made, the harmless ones may be used. */
  public static List<DeviceRule> standard() {
    return List.of(
        DENY_ALL,
        new DeviceRule(true, 'c', null, null, "m"),
        new DeviceRule(true, 'b', null, null, "m"),
        character(1, 3),
        character(1, 5),
        character(1, 7),
        character(1, 8),
        character(1, 9),
        character(5, 0),
        character(5, 1),
        character(5, 2),
        new DeviceRule(true, 'c', 136, null, "rwm"));
  }

  private static DeviceRule character(int major, int minor) {
    return new DeviceRule(true, 'c', major, minor, "rwm");
  }

  /**
   * Reads the form of {@code device_cgroup_rules}, such as {@code c 1:3 mr} or {@code a *:* rwm}.
   *
   * @throws IllegalArgumentException in a sentence, when it is not one
   */
  public static DeviceRule parseAllowed(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a device rule; write for example \"c 1:3 rwm\"");
    }
    return new DeviceRule(
        true,
        matcher.group(1).charAt(0),
        number(matcher.group(2)),
        number(matcher.group(3)),
        matcher.group(4));
  }

  private static @Nullable Integer number(String text) {
    return text.equals("*") ? null : Integer.valueOf(text);
  }

  /** The kernel's form, {@code c 1:3 rwm}; whether it allows or denies is not in it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s:%s %s",
        type,
        major == null ? "*" : major,
        minor == null ? "*" : minor,
        access);
  }
}
