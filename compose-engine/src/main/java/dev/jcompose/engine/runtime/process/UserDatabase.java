package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The users and groups an image knows. Its files are opened without following a link out of the
 * image, and only if they are plain files.
 */
public final class UserDatabase {
  private static final int MOST_BYTES = 1 << 20;

  private final List<String[]> users;
  private final List<String[]> groups;

  private UserDatabase(List<String[]> users, List<String[]> groups) {
    this.users = users;
    this.groups = groups;
  }

  /**
   * Reads the lists of an image or a running container.
   *
   * @param layers directories that make up the root, highest first; {@code /proc/PID/root} for a
   *     running container
   */
  public static UserDatabase of(Kernel kernel, List<Path> layers) {
    return parse(read(kernel, layers, "etc/passwd"), read(kernel, layers, "etc/group"));
  }

  static UserDatabase parse(String passwd, String group) {
    return new UserDatabase(entries(passwd, 6), entries(group, 3));
  }

  private static List<String[]> entries(String text, int least) {
    return text.lines()
        .map(line -> line.strip().split(":", -1))
        .filter(fields -> fields.length >= least)
        .toList();
  }

  private static String read(Kernel kernel, List<Path> layers, String name) {
    for (Path layer : layers) {
      Optional<String> content = readFrom(kernel, layer, name);
      if (content.isPresent()) {
        return content.get();
      }
    }
    return "";
  }

  /** Empty when the layer says nothing about the file; no content when it removes it. */
  private static Optional<String> readFrom(Kernel kernel, Path layer, String name) {
    int directory;
    int file;
    try {
      directory = kernel.open(layer, Abi.O_PATH, 0);
    } catch (KernelException missing) {
      return Optional.empty();
    }
    try {
      file = kernel.openBelow(directory, name, Abi.O_PATH, 0, Abi.RESOLVE_IN_ROOT);
    } catch (KernelException missing) {
      return hidesLower(kernel, layer) ? Optional.of("") : Optional.empty();
    } finally {
      kernel.close(directory);
    }
    try {
      Path opened = Path.of("/proc/self/fd", Integer.toString(file));
      if (!Files.isRegularFile(opened)) {
        return Optional.of("");
      }
      try (InputStream in = Files.newInputStream(opened)) {
        return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /" + name + " of the image", e);
    } finally {
      kernel.close(file);
    }
  }

  private static boolean hidesLower(Kernel kernel, Path layer) {
    Path etc = layer.resolve("etc");
    return Files.isDirectory(etc, LinkOption.NOFOLLOW_LINKS)
        && kernel
            .extendedAttribute(etc, "trusted.overlay.opaque")
            .filter(value -> value.length == 1 && value[0] == 'y')
            .isPresent();
  }

  /**
   * Resolves what {@code user} and {@code group_add} of a service say.
   *
   * @param user {@code name}, {@code uid}, {@code name:group}, {@code uid:gid}, or empty for root
   * @param additional names or numbers of groups
   * @throws IllegalArgumentException in a sentence, when a name is not in the image
   */
  public Identity resolve(String user, List<String> additional) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String group = colon < 0 ? "" : user.substring(colon + 1);
    Optional<String[]> entry = find(users, name.isEmpty() ? "0" : name);
    int uid =
        entry
            .map(fields -> number(fields[2]))
            .orElseGet(() -> name.isEmpty() ? 0 : numberOrRefuse(name, "user", "/etc/passwd"));
    int gid = entry.map(fields -> number(fields[3])).orElse(0);
    Set<Integer> supplementary = new LinkedHashSet<>();
    if (!group.isEmpty()) {
      gid = groupNumber(group);
    } else {
      entry.ifPresent(fields -> supplementary.addAll(groupsOf(fields[0])));
    }
    for (String more : additional) {
      supplementary.add(groupNumber(more));
    }
    String home = entry.map(fields -> fields[5]).filter(text -> !text.isEmpty()).orElse("/");
    return new Identity(uid, gid, new ArrayList<>(supplementary), home);
  }

  private List<Integer> groupsOf(String user) {
    return groups.stream()
        .filter(fields -> fields.length > 3)
        .filter(fields -> Arrays.asList(fields[3].split(",", -1)).contains(user))
        .map(fields -> number(fields[2]))
        .toList();
  }

  private int groupNumber(String group) {
    return find(groups, group)
        .map(fields -> number(fields[2]))
        .orElseGet(() -> numberOrRefuse(group, "group", "/etc/group"));
  }

  private static Optional<String[]> find(List<String[]> entries, String nameOrNumber) {
    return entries.stream()
        .filter(fields -> fields[0].equals(nameOrNumber) || fields[2].equals(nameOrNumber))
        .findFirst();
  }

  private static int numberOrRefuse(String text, String kind, String file) {
    if (text.matches("[0-9]{1,9}|[12][0-9]{9}")) {
      long number = Long.parseLong(text);
      if (number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw new IllegalArgumentException(
        "the image has no "
            + kind
            + " \""
            + text
            + "\" in "
            + file
            + "; use a number, or a name that is there");
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
