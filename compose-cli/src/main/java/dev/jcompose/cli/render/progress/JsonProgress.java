package dev.jcompose.cli.render.progress;

import dev.jcompose.core.reconcile.ProgressEvent;
import dev.jcompose.engine.api.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object on a line for each event, with docker compose's field names. */
final class JsonProgress implements ProgressDisplay {
  private final PrintStream err;

  JsonProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public void show(ProgressEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", event.id());
    fields.put(
        "status",
        switch (event) {
          case ProgressEvent.Working working -> "Working";
          case ProgressEvent.Done done -> "Done";
          case ProgressEvent.Warned warned -> "Warning";
          case ProgressEvent.Failed failed -> "Error";
        });
    fields.put("text", event.text());
    err.println(Json.print(fields));
  }

  @Override
  public void close() {
    err.flush();
  }
}
