package dev.jcompose.cli.command.oci;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the process of an exec out of the container's own and what was written. */
final class ExecProcess {
  private ExecProcess() {}

  static JsonObject of(JsonObject container, Arguments arguments) {
    List<String> command = arguments.operands().subList(1, arguments.operands().size());
    if (command.isEmpty()) {
      throw UserError.usage("jcompose oci exec needs a command, or a file with --process");
    }
    Map<String, @Nullable Object> process = new LinkedHashMap<>(container.members());
    process.put("args", command);
    process.put("terminal", arguments.flag("--tty"));
    List<String> environment = new ArrayList<>(container.strings("env"));
    environment.addAll(arguments.list("--env"));
    process.put("env", environment);
    String directory = arguments.text("--cwd");
    if (directory != null) {
      process.put("cwd", directory);
    }
    if (arguments.flag("--no-new-privs")) {
      process.put("noNewPrivileges", true);
    }
    user(container, arguments, process);
    capabilities(container, arguments, process);
    JsonObject.Builder builder = JsonObject.builder();
    process.forEach(builder::put);
    return builder.build();
  }

  private static void user(
      JsonObject container, Arguments arguments, Map<String, @Nullable Object> process) {
    String user = arguments.text("--user");
    List<String> groups = arguments.list("--additional-gids");
    if (user == null && groups.isEmpty()) {
      return;
    }
    JsonObject own = container.object("user");
    String[] ids = user == null ? new String[0] : user.split(":", 2);
    process.put(
        "user",
        JsonObject.builder()
            .put("uid", ids.length > 0 ? number(ids[0]) : own.number("uid"))
            .put("gid", ids.length > 1 ? number(ids[1]) : own.number("gid"))
            .put("additionalGids", groups.stream().map(ExecProcess::number).toList())
            .build());
  }

  private static void capabilities(
      JsonObject container, Arguments arguments, Map<String, @Nullable Object> process) {
    List<String> added = arguments.list("--cap");
    if (added.isEmpty()) {
      return;
    }
    JsonObject own = container.object("capabilities");
    JsonObject.Builder sets = JsonObject.builder();
    for (String set : List.of("bounding", "effective", "permitted")) {
      List<String> all = new ArrayList<>(own.strings(set));
      all.addAll(added);
      sets.put(set, all);
    }
    process.put("capabilities", sets.build());
  }

  private static Long number(String text) {
    try {
      return (long) Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw UserError.usage("\"" + text + "\" is not the number of a user or group");
    }
  }
}
