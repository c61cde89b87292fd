package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code security_opt}, {@code privileged}, {@code cap_add} and {@code cap_drop} come to.
 *
 * @param bounding capabilities, as bits
 * @param apparmor profile the programs get, null for none
 * @param ignored options accepted without effect on this machine, one sentence each
 */
public record SecurityOptions(
    boolean noNewPrivileges,
    SeccompProfile seccomp,
    long bounding,
    @Nullable String apparmor,
    List<String> ignored) {
  public SecurityOptions {
    ignored = List.copyOf(ignored);
  }

  /**
   * Reads the options of a container.
   *
   * @throws EngineException.InvalidRequest when one makes no sense
   */
  public static SecurityOptions of(Isolation asked) {
    boolean noNewPrivileges = false;
    SeccompProfile seccomp =
        asked.privileged() ? new SeccompProfile.Unconfined() : new SeccompProfile.Standard();
    String apparmor = asked.privileged() ? null : AppArmor.standard();
    List<String> ignored = new ArrayList<>();
    for (String option : asked.securityOptions()) {
      // Old clients separate with a colon.
      String[] parts = option.split("[=:]", 2);
      String value = parts.length == 2 ? parts[1] : "";
      switch (parts[0]) {
        case "no-new-privileges" -> noNewPrivileges = !value.equals("false");
        case "seccomp" -> seccomp = profile(value);
        case "apparmor" -> {
          if (AppArmor.isOn()) {
            apparmor = AppArmor.require(value);
          } else {
            ignored.add(
                "security option \""
                    + option
                    + "\" has no effect: AppArmor is off on this machine");
          }
        }
        case "label" ->
            ignored.add(
                "security option \"" + option + "\" has no effect: the engine sets no labels");
        default ->
            throw new EngineException.InvalidRequest(
                "invalid security option \""
                    + option
                    + "\"; use no-new-privileges, seccomp=, apparmor= or label=");
      }
    }
    return new SecurityOptions(noNewPrivileges, seccomp, bounding(asked), apparmor, ignored);
  }

  private static SeccompProfile profile(String value) {
    return switch (value) {
      case "unconfined" -> new SeccompProfile.Unconfined();
      case "builtin", "" -> new SeccompProfile.Standard();
      default -> new SeccompProfile.Custom(value);
    };
  }

  private static long bounding(Isolation asked) {
    long most = Capability.ofEngine();
    if (asked.privileged()) {
      return most;
    }
    try {
      for (String name : asked.capAdd()) {
        if (!name.equalsIgnoreCase("ALL") && !name.equalsIgnoreCase("CAP_ALL")) {
          requireOwn(Capability.parse(name), most);
        }
      }
      return Capability.resolve(asked.capAdd(), asked.capDrop(), most);
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidRequest(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireOwn(Capability capability, long most) {
    if (!capability.in(most)) {
      throw new EngineException.InvalidRequest(
          "capability "
              + capability
              + " cannot be added, as the engine does not have it itself; leave it out or start the"
              + " engine with it");
    }
  }
}
