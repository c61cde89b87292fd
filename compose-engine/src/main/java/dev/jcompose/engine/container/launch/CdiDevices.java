package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Devices that a vendor describes in files (Container Device Interface 1.0), asked for by name or,
 * as {@code gpus}, by what they can do. Files in JSON are read.
 */
public final class CdiDevices {
  /** The places CDI names, the later one for what is made anew at each boot. */
  static final List<Path> PLACES = List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"));

  private static final String GPU_KIND = "nvidia.com/gpu";

  private final List<JsonObject> specs;

  CdiDevices(List<Path> places) {
    List<JsonObject> found = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        found.addAll(read(place));
      }
    }
    this.specs = List.copyOf(found);
  }

  private static List<JsonObject> read(Path place) {
    List<JsonObject> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        found.add(Json.object(Files.readAllBytes(file)));
      }
    } catch (IOException | JsonException e) {
      throw new EngineException.Failed(
          "cannot read the device descriptions in " + place + ": " + e.getMessage(), e);
    }
    return found;
  }

  /**
   * What the requests of a container come to.
   *
   * @param requests as clients write them, in JSON
   * @throws EngineException.InvalidRequest when a device is not described here
   */
  public static CdiEdits edits(List<String> requests) {
    return requests.isEmpty() ? CdiEdits.NONE : new CdiDevices(PLACES).of(requests);
  }

  CdiEdits of(List<String> requests) {
    CdiEdits edits = CdiEdits.NONE;
    for (String text : requests) {
      JsonObject request = Json.object(text);
      for (String name : names(request)) {
        edits = edits.and(device(name, request));
      }
    }
    return edits;
  }

  private static List<String> names(JsonObject request) {
    List<String> ids = request.strings("DeviceIDs");
    if (request.string("Driver").equals("cdi")) {
      return ids;
    }
    if (!Json.print(request.get("Capabilities")).contains("\"gpu\"")
        && !request.string("Driver").equals("nvidia")) {
      throw unknown(request, "");
    }
    if (!ids.isEmpty()) {
      return ids.stream().map(id -> GPU_KIND + "=" + id).toList();
    }
    long count = request.number("Count");
    return count < 0
        ? List.of(GPU_KIND + "=all")
        : Stream.iterate(0, i -> i + 1).limit(count).map(i -> GPU_KIND + "=" + i).toList();
  }

  private CdiEdits device(String name, JsonObject request) {
    int equals = name.indexOf('=');
    String kind = equals < 0 ? name : name.substring(0, equals);
    for (JsonObject spec : specs) {
      if (spec.string("kind").equals(kind)) {
        for (JsonObject device : spec.objects("devices")) {
          if (device.string("name").equals(name.substring(equals + 1))) {
            return CdiEdits.of(name, spec.object("containerEdits"))
                .and(CdiEdits.of(name, device.object("containerEdits")));
          }
        }
      }
    }
    throw unknown(request, name);
  }

  private static EngineException unknown(JsonObject request, String name) {
    return new EngineException.InvalidRequest(
        "could not select device driver \""
            + request.string("Driver")
            + "\" with capabilities: "
            + Json.print(request.get("Capabilities"))
            + (name.isEmpty() ? "" : ": there is no device " + name)
            + "; describe it in a JSON file in /etc/cdi, for example with nvidia-ctk cdi generate"
            + " --format json, or map device files under devices");
  }
}
