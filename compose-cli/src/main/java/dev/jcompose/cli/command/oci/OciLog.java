package dev.jcompose.cli.command.oci;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The log that whoever calls an OCI runtime reads when it fails, in the forms of runc. */
final class OciLog {
  private final Optional<Path> file;
  private final boolean json;
  private final Session session;

  OciLog(Optional<Path> file, String format, Session session) {
    this.file = file;
    this.session = session;
    this.json =
        switch (format) {
          case "json" -> true;
          case "text" -> false;
          default ->
              throw UserError.usage(
                  "jcompose oci --log-format \"" + format + "\" is not known; write text or json");
        };
  }

  /** What ended the operation; the caller tells the user. */
  void error(String message) {
    write("error", message);
  }

  /** What went wrong without ending the operation. */
  void warning(String message) {
    write("warning", message);
    session.err().println("jcompose: warning: " + message);
  }

  private void write(String level, String message) {
    if (file.isEmpty()) {
      return;
    }
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("level", level);
    fields.put("msg", message);
    fields.put("time", time);
    String line =
        json
            ? Json.print(fields)
            : "time=" + Json.print(time) + " level=" + level + " msg=" + Json.print(message);
    try {
      Files.writeString(
          file.get(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      session.err().println("jcompose: warning: cannot write to " + file.get());
    }
  }
}
