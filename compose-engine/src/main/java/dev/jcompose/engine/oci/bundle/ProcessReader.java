package dev.jcompose.engine.oci.bundle;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.container.launch.LayeredFiles;
import dev.jcompose.engine.container.launch.UserLookup;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Rlimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code process}, of a config.json or of a file of its own for exec. */
public final class ProcessReader {
  private static final int USUAL_UMASK = 022;

  private ProcessReader() {}

  /**
   * The process.
   *
   * @param root where its root file system lies, whose user list knows the home directory
   */
  public static ProcessSpec read(JsonObject process, Path root) throws BundleException {
    refuse(process);
    List<String> arguments = process.strings("args");
    if (arguments.isEmpty()) {
      throw new BundleException("config.json: process.args is empty; name a program");
    }
    String directory = process.string("cwd");
    if (!directory.startsWith("/")) {
      throw new BundleException(
          "config.json: process.cwd \"" + directory + "\" is not an absolute path");
    }
    JsonObject user = process.object("user");
    Long umask = user.numberOrNull("umask");
    Identity identity = identity(user, root);
    return new ProcessSpec(
        arguments,
        environment(process.strings("env"), identity.home()),
        directory,
        identity,
        capabilities(process.objectOrNull("capabilities")),
        process.flag("noNewPrivileges"),
        limits(process.objects("rlimits")),
        number(process, "oomScoreAdj"),
        umask == null ? USUAL_UMASK : umask.intValue(),
        false,
        apparmor(process.string("apparmorProfile")));
  }

  private static void refuse(JsonObject process) throws BundleException {
    if (!process.string("selinuxLabel").isEmpty()) {
      throw BundleException.unsupported("process.selinuxLabel", "leave it out, SELinux is off");
    }
    for (String name : List.of("scheduler", "execCPUAffinity")) {
      if (process.get(name) != null) {
        throw BundleException.unsupported("process." + name, "leave it out");
      }
    }
  }

  private static @Nullable String apparmor(String profile) throws BundleException {
    if (profile.isEmpty()) {
      return null;
    }
    if (!Files.exists(Path.of("/sys/kernel/security/apparmor"))) {
      throw BundleException.unsupported(
          "process.apparmorProfile", "leave it out, AppArmor is off on this machine");
    }
    return profile;
  }

  private static Identity identity(JsonObject user, Path root) {
    int uid = user.integer("uid");
    List<Integer> groups = new ArrayList<>();
    if (user.get("additionalGids") instanceof List<?> list) {
      list.forEach(
          element -> {
            if (element instanceof Number number) {
              groups.add(number.intValue());
            }
          });
    }
    String home =
        new UserLookup(new LayeredFiles(List.of(root)))
            .identity(Integer.toUnsignedString(uid), List.of())
            .home();
    return new Identity(uid, user.integer("gid"), groups, home);
  }

  private static List<String> environment(List<String> given, String home) {
    if (given.stream().anyMatch(entry -> entry.startsWith("HOME="))) {
      return given;
    }
    List<String> all = new ArrayList<>(given);
    all.add("HOME=" + home);
    return all;
  }

  private static Capabilities capabilities(@Nullable JsonObject sets) throws BundleException {
    if (sets == null) {
      return new Capabilities(0, 0, 0);
    }
    return new Capabilities(
        set(sets, "bounding"),
        set(sets, "permitted"),
        set(sets, "effective"),
        set(sets, "inheritable"),
        set(sets, "ambient"));
  }

  private static long set(JsonObject sets, String name) throws BundleException {
    long bits = 0;
    for (String capability : sets.strings(name)) {
      try {
        bits |= Capability.parse(capability).bit();
      } catch (IllegalArgumentException e) {
        throw new BundleException(
            "config.json: process.capabilities." + name + ": " + e.getMessage(), e);
      }
    }
    return bits;
  }

  private static List<Rlimit> limits(List<JsonObject> entries) throws BundleException {
    List<Rlimit> limits = new ArrayList<>();
    for (JsonObject entry : entries) {
      String type = entry.string("type").toUpperCase(Locale.ROOT);
      try {
        Rlimit.Resource resource = Rlimit.Resource.valueOf(type.replaceFirst("^RLIMIT_", ""));
        limits.add(new Rlimit(resource, unsigned(entry, "soft"), unsigned(entry, "hard")));
      } catch (IllegalArgumentException e) {
        throw new BundleException(
            "config.json: process.rlimits: \"" + type + "\" is not a limit; see getrlimit(2)", e);
      }
    }
    return limits;
  }

  /** A 64-bit number; the largest ones, which mean no limit, do not fit into one with a sign. */
  private static long unsigned(JsonObject object, String name) {
    return object.get(name) instanceof Number number && !(number instanceof Long)
        ? -1
        : object.number(name);
  }

  private static @Nullable Integer number(JsonObject object, String name) {
    Long number = object.numberOrNull(name);
    return number == null ? null : (Integer) number.intValue();
  }
}
