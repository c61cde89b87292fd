package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.runtime.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Turns names of users and groups into numbers, by the container's own /etc/passwd and group. */
public final class UserLookup {
  private record User(String name, int uid, int gid, String home) {}

  private record Group(String name, int gid, List<String> members) {}

  private final LayeredFiles files;

  public UserLookup(LayeredFiles files) {
    this.files = files;
  }

  /**
   * Looks a user up. Groups the user is a member of come along unless a group was written.
   *
   * @param text {@code user}, {@code user:group}, names or numbers; empty: root
   * @param additionalGroups names or numbers
   * @throws EngineException.InvalidRequest when a name is not there
   */
  public Identity identity(String text, List<String> additionalGroups) {
    int colon = text.indexOf(':');
    String userText = colon < 0 ? text : text.substring(0, colon);
    String groupText = colon < 0 ? "" : text.substring(colon + 1);
    String wanted = userText.isEmpty() ? "0" : userText;
    OptionalInt number = number(wanted);
    Optional<User> known =
        users(user -> user.name().equals(wanted))
            .or(
                () ->
                    number.isPresent()
                        ? users(user -> user.uid() == number.getAsInt())
                        : Optional.empty());
    if (known.isEmpty() && number.isEmpty()) {
      throw new EngineException.InvalidRequest(
          "unable to find user " + wanted + ": no matching entries in passwd file");
    }
    int uid = known.isPresent() ? known.get().uid() : number.orElse(0);
    int gid = known.isPresent() ? known.get().gid() : 0;
    TreeSet<Integer> groups = new TreeSet<>();
    if (!groupText.isEmpty()) {
      gid = group(groupText);
    } else if (known.isPresent()) {
      String name = known.get().name();
      groups().stream()
          .filter(group -> group.members().contains(name))
          .forEach(group -> groups.add(group.gid()));
    }
    // CVE-2022-36109: a primary group that is not among the others as well could be dropped.
    groups.add(gid);
    for (String additional : additionalGroups) {
      groups.add(group(additional));
    }
    String home = known.isPresent() && !known.get().home().isEmpty() ? known.get().home() : "/";
    return new Identity(
        uid, gid, List.copyOf(groups), uid == 0 && known.isEmpty() ? "/root" : home);
  }

  private int group(String text) {
    for (Group group : groups()) {
      if (group.name().equals(text)) {
        return group.gid();
      }
    }
    return number(text)
        .orElseThrow(
            () ->
                new EngineException.InvalidRequest(
                    "unable to find group " + text + ": no matching entries in group file"));
  }

  private Optional<User> users(Predicate<User> wanted) {
    return files.lines("/etc/passwd").stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length >= 6)
        .filter(fields -> number(fields[2]).isPresent() && number(fields[3]).isPresent())
        .map(
            fields ->
                new User(
                    fields[0],
                    number(fields[2]).getAsInt(),
                    number(fields[3]).getAsInt(),
                    fields[5]))
        .filter(wanted)
        .findFirst();
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (String line : files.lines("/etc/group")) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 4 && number(fields[2]).isPresent()) {
        groups.add(
            new Group(fields[0], number(fields[2]).getAsInt(), List.of(fields[3].split(","))));
      }
    }
    return groups;
  }

  private static OptionalInt number(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
