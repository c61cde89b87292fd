package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The driver options of a bridge network that have a meaning here.
 *
 * @param name name of the interface, {@code ""}: made from the network's id
 * @param mtu largest packet in bytes, 0: the kernel's default
 * @param masquerade packets going out get the address of this machine
 * @param betweenContainers containers of the network reach each other
 * @param hostAddress where ports are published that name no address, {@code ""}: everywhere
 */
record BridgeOptions(
    String name, int mtu, boolean masquerade, boolean betweenContainers, String hostAddress) {
  static final String NAME = "com.docker.network.bridge.name";
  private static final String MTU = "com.docker.network.driver.mtu";
  private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  private static final String BETWEEN = "com.docker.network.bridge.enable_icc";
  private static final String HOST_ADDRESS = "com.docker.network.bridge.host_binding_ipv4";
  private static final Set<String> KNOWN = Set.of(NAME, MTU, MASQUERADE, BETWEEN, HOST_ADDRESS);
  private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z0-9_.-]{1,15}");

  /**
   * Reads the options.
   *
   * @throws EngineException InvalidRequest for an option that is not known or has no sensible value
   */
  static BridgeOptions of(Map<String, String> options) {
    for (String option : options.keySet()) {
      if (!KNOWN.contains(option)) {
        throw new EngineException.InvalidRequest(
            "driver option \"" + option + "\" is not supported by bridge networks; leave it out");
      }
    }
    String name = options.getOrDefault(NAME, "");
    if (!name.isEmpty() && !INTERFACE.matcher(name).matches()) {
      throw wrong(NAME, name, "an interface name of at most 15 characters");
    }
    return new BridgeOptions(
        name,
        mtu(options.getOrDefault(MTU, "0")),
        flag(options, MASQUERADE),
        flag(options, BETWEEN),
        options.getOrDefault(HOST_ADDRESS, ""));
  }

  private static int mtu(String text) {
    try {
      int mtu = Integer.parseInt(text);
      if (mtu == 0 || (mtu >= 68 && mtu <= 65535)) {
        return mtu;
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers out of range
    }
    throw wrong(MTU, text, "a number of bytes between 68 and 65535");
  }

  private static boolean flag(Map<String, String> options, String option) {
    String text = options.getOrDefault(option, "true");
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(option, text, "true or false");
    };
  }

  private static EngineException wrong(String option, String text, String wanted) {
    return new EngineException.InvalidRequest(
        "driver option " + option + ": \"" + text + "\" is not " + wanted);
  }
}
