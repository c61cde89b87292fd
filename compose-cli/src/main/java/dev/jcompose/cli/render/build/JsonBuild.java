package dev.jcompose.cli.render.build;

import dev.jcompose.core.port.build.BuildNews;
import dev.jcompose.engine.api.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object on a line for each event, with the field names of other progress. */
final class JsonBuild implements BuildDisplay {
  private final PrintStream err;
  private final Steps steps = new Steps();

  JsonBuild(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void news(String service, BuildNews news) {
    switch (news) {
      case BuildNews.Begin begin -> print(service, begin.step(), "Working", begin.name());
      case BuildNews.Cached cached -> print(service, cached.step(), "Working", "CACHED");
      case BuildNews.Output output -> print(service, output.step(), "Working", output.text());
      case BuildNews.Done done -> print(service, done.step(), "Done", "");
      case BuildNews.Failed failed -> print(service, failed.step(), "Error", failed.message());
      case BuildNews.Canceled canceled -> print(service, canceled.step(), "Warning", "CANCELED");
      case BuildNews.Warning warning -> print(service, 0, "Warning", warning.text());
      case BuildNews.Kept _ -> {}
    }
  }

  private void print(String service, int step, String status, String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", step == 0 ? service : "#" + steps.number(service, step));
    fields.put("parent_id", service);
    fields.put("status", status);
    fields.put("text", text);
    err.println(Json.print(fields));
  }

  @Override
  public void close() {
    err.flush();
  }
}
