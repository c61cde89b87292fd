package dev.jcompose.engine.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.runtime.process.Ahead;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a container between two commands.
 *
 * @param bundle where it was made from; its configuration is kept as a copy
 * @param pid of its first process on the host; 0 while it is being created
 * @param startTime field 22 of /proc/PID/stat, which tells a reused pid from ours
 * @param ahead the calls its process makes from its start on
 */
record SavedContainer(
    String id,
    Path bundle,
    Map<String, String> annotations,
    Instant created,
    int pid,
    long startTime,
    List<Ahead> ahead) {
  SavedContainer {
    annotations = Map.copyOf(annotations);
    ahead = List.copyOf(ahead);
  }

  SavedContainer withProcess(int newPid, long newStartTime, List<Ahead> newAhead) {
    return new SavedContainer(id, bundle, annotations, created, newPid, newStartTime, newAhead);
  }

  JsonObject json() {
    List<JsonObject> calls = new ArrayList<>();
    for (Ahead call : ahead) {
      calls.add(
          JsonObject.builder()
              .put("entry", (long) call.entry())
              .put("about", call.about())
              .put("execution", call.execution())
              .build());
    }
    return JsonObject.builder()
        .put("id", id)
        .put("bundle", bundle.toString())
        .put("annotations", annotations)
        .put("created", created.toString())
        .put("pid", (long) pid)
        .put("startTime", startTime)
        .put("ahead", calls)
        .build();
  }

  static SavedContainer of(JsonObject json) {
    return new SavedContainer(
        json.string("id"),
        Path.of(json.string("bundle")),
        json.stringMap("annotations"),
        Instant.parse(json.string("created")),
        json.integer("pid"),
        json.number("startTime"),
        json.records(
            "ahead",
            call ->
                new Ahead(call.integer("entry"), call.string("about"), call.flag("execution"))));
  }
}
