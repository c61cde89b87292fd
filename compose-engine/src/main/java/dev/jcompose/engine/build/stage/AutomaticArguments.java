package dev.jcompose.engine.build.stage;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.image.oci.Platform;
import java.util.LinkedHashMap;
import java.util.Map;

/** The arguments every build has: what builds, what it builds for, and the stage. */
public final class AutomaticArguments {
  private AutomaticArguments() {}

  /**
   * Their values by name.
   *
   * @param target the stage to build; empty for the last
   * @param builder what the machine that builds is
   * @param wanted what the image is for
   */
  public static Map<String, String> of(
      Dockerfile dockerfile, String target, Platform builder, Platform wanted) {
    Map<String, String> arguments = new LinkedHashMap<>();
    put(arguments, "BUILD", builder);
    put(arguments, "TARGET", wanted);
    String last = dockerfile.stages().getLast().name();
    arguments.put("TARGETSTAGE", !target.isEmpty() ? target : last.isEmpty() ? "default" : last);
    return arguments;
  }

  private static void put(Map<String, String> arguments, String side, Platform platform) {
    arguments.put(side + "PLATFORM", platform.toString());
    arguments.put(side + "OS", platform.os());
    arguments.put(side + "OSVERSION", "");
    arguments.put(side + "ARCH", platform.architecture());
    arguments.put(side + "VARIANT", platform.variant());
  }
}
