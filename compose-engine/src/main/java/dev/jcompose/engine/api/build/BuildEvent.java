package dev.jcompose.engine.api.build;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * Something a build tells, one JSON object per line. Steps run at the same time and are told apart
 * by number.
 */
public sealed interface BuildEvent extends JsonValue {
  /** A step begins; milliseconds since 1970. */
  record Begin(int step, String name, long time) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return event("begin", step).put("name", name).put("time", time).build();
    }
  }

  /** The step was found in the cache. */
  record Cached(int step) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return event("cached", step).build();
    }
  }

  /**
   * A step's command wrote something.
   *
   * @param error whether to standard error
   * @param time milliseconds since 1970
   */
  record Output(int step, boolean error, String text, long time) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return event("output", step)
          .putUnlessEmpty("error", error)
          .put("text", text)
          .put("time", time)
          .build();
    }
  }

  /** The step has ended; milliseconds since 1970. */
  record Done(int step, long time) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return event("done", step).put("time", time).build();
    }
  }

  /** The step has failed. */
  record Failed(int step, String message) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return event("failed", step).put("message", message).build();
    }
  }

  /** The step was given up. */
  record Canceled(int step) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return event("canceled", step).build();
    }
  }

  /** Something that does not stop the build. */
  record Warning(String text) implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return JsonObject.builder().put("event", "warning").put("text", text).build();
    }
  }

  /** The build has ended well. */
  record Built(String imageId, List<String> tags) implements BuildEvent {
    public Built {
      tags = List.copyOf(tags);
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("event", "built")
          .put("image", imageId)
          .put("tags", tags)
          .build();
    }
  }

  /**
   * The build has failed.
   *
   * @param exitCode of the command that failed; 0 for none
   * @param stateImage an image of the state before the command; empty unless it was asked for
   * @param workingDirectory of the command
   * @param user of the command
   */
  record Broken(
      String message, int exitCode, String stateImage, String workingDirectory, String user)
      implements BuildEvent {
    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("event", "broken")
          .put("message", message)
          .put("exitCode", exitCode)
          .putUnlessEmpty("stateImage", stateImage)
          .putUnlessEmpty("workingDirectory", workingDirectory)
          .putUnlessEmpty("user", user)
          .build();
    }
  }

  private static JsonObject.Builder event(String kind, int step) {
    return JsonObject.builder().put("event", kind).put("step", step);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is of another version of the engine
   */
  static BuildEvent of(JsonObject json) {
    int step = json.integer("step");
    return switch (json.string("event")) {
      case "begin" -> new Begin(step, json.string("name"), json.number("time"));
      case "cached" -> new Cached(step);
      case "output" ->
          new Output(step, json.flag("error"), json.string("text"), json.number("time"));
      case "done" -> new Done(step, json.number("time"));
      case "failed" -> new Failed(step, json.string("message"));
      case "canceled" -> new Canceled(step);
      case "warning" -> new Warning(json.string("text"));
      case "built" -> new Built(json.string("image"), json.strings("tags"));
      case "broken" ->
          new Broken(
              json.string("message"),
              json.integer("exitCode"),
              json.string("stateImage"),
              json.string("workingDirectory"),
              json.string("user"));
      default -> throw new IllegalArgumentException("unknown build event " + json);
    };
  }
}
