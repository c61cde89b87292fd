package dev.jcompose.engine.build.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The machine's git in one directory.
 *
 * @param settings of git by key, given to it where no list of processes shows them
 */
record Git(Path directory, Map<String, String> settings) {
  Git {
    settings = Map.copyOf(settings);
  }

  /**
   * A git that shows one server, and no other, what a build has for it: {@code GIT_AUTH_HEADER} or
   * {@code GIT_AUTH_TOKEN}, with {@code .HOST} behind or without, as BuildKit looks for them.
   *
   * @param remote where the repository is; only HTTP has such headers
   */
  static Git in(Path directory, String remote, Map<String, byte[]> secrets) {
    if (!Downloads.isUrl(remote)) {
      return new Git(directory, Map.of());
    }
    URI address = URI.create(remote);
    for (String place : new String[] {"." + address.getHost(), ""}) {
      byte[] header = secrets.get("GIT_AUTH_HEADER" + place);
      byte[] token = secrets.get("GIT_AUTH_TOKEN" + place);
      if (header != null) {
        return authorized(directory, address, text(header));
      }
      if (token != null) {
        return authorized(directory, address, "basic " + basic(text(token)));
      }
    }
    return new Git(directory, Map.of());
  }

  private static Git authorized(Path directory, URI address, String value) {
    return new Git(
        directory,
        Map.of(
            "http." + address.getScheme() + "://" + address.getAuthority() + "/.extraHeader",
            "Authorization: " + value));
  }

  private static String basic(String token) {
    return Base64.getEncoder()
        .encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] secret) {
    return new String(secret, StandardCharsets.UTF_8).strip();
  }

  /**
   * Runs it.
   *
   * @return what it printed
   */
  String run(String... words) throws FetchException, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    int number = 0;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      builder.environment().put("GIT_CONFIG_KEY_" + number, setting.getKey());
      builder.environment().put("GIT_CONFIG_VALUE_" + number, setting.getValue());
      number++;
      builder.environment().put("GIT_CONFIG_COUNT", Integer.toString(number));
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new FetchException("repositories need git, which this machine does not have", e);
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new FetchException("git " + words[0] + " failed: " + output.strip());
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
