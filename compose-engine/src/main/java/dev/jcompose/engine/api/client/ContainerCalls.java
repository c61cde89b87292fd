package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.config.RestartPolicy;
import dev.jcompose.engine.api.container.ContainerInspect;
import dev.jcompose.engine.api.container.ContainerSummary;
import dev.jcompose.engine.api.container.CreateRequest;
import dev.jcompose.engine.api.container.CreateResponse;
import dev.jcompose.engine.api.container.FileChange;
import dev.jcompose.engine.api.container.TopResponse;
import dev.jcompose.engine.api.container.UpdateRequest;
import dev.jcompose.engine.api.container.WaitResponse;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.resources.Resources;
import dev.jcompose.engine.api.transport.Answer;
import dev.jcompose.engine.api.transport.FrameReader;
import dev.jcompose.engine.api.transport.RawStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls about containers. An {@code id} may be a full id, a name, or the unique beginning of an id.
 */
public final class ContainerCalls {
  private final EngineClient client;

  ContainerCalls(EngineClient client) {
    this.client = client;
  }

  /** Which condition {@link #await} waits for. */
  public enum Condition {
    /** Not running, which may be so already. */
    NOT_RUNNING("not-running"),
    /** The end of the next run, or of this one. */
    NEXT_EXIT("next-exit"),
    /** The container is gone. */
    REMOVED("removed");

    private final String wire;

    Condition(String wire) {
      this.wire = wire;
    }
  }

  /**
   * Which part of a log to read. Times are seconds since 1970 with an optional fraction, null for
   * no bound; {@code tail} is the number of last lines, -1 for all.
   */
  public record LogQuery(
      boolean stdout,
      boolean stderr,
      boolean follow,
      boolean timestamps,
      @Nullable String since,
      @Nullable String until,
      int tail) {}

  /** Lists containers, by default only running ones. */
  public List<ContainerSummary> list(
      boolean all, Map<String, ? extends Collection<String>> filters) {
    List<ContainerSummary> list = new ArrayList<>();
    for (JsonObject json :
        client.list(Query.path("containers", "json").and("all", all).filters(filters))) {
      list.add(ContainerSummary.of(json));
    }
    return list;
  }

  /** Creates a container; with an empty name the engine makes one up. */
  public CreateResponse create(String name, @Nullable String platform, CreateRequest request) {
    return CreateResponse.of(
        client.post(
            Query.path("containers", "create").and("name", name).and("platform", platform),
            request));
  }

  /** Describes a container. */
  public ContainerInspect inspect(String id) {
    return ContainerInspect.of(client.get(Query.path("containers", id, "json")));
  }

  /** Starts a container; one that runs already is left alone. */
  public void start(String id) {
    client.post(Query.path("containers", id, "start"), null);
  }

  /**
   * Stops a container and waits until it has ended.
   *
   * @param timeoutSeconds before it is killed; null for the container's own, negative for ever
   * @param signal null for the container's own
   */
  public void stop(String id, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    client.post(
        Query.path("containers", id, "stop").and("t", text(timeoutSeconds)).and("signal", signal),
        null);
  }

  /** Stops and starts a container; the parameters are those of {@link #stop}. */
  public void restart(String id, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    client.post(
        Query.path("containers", id, "restart")
            .and("t", text(timeoutSeconds))
            .and("signal", signal),
        null);
  }

  /**
   * Changes limits of a container, running or not; what is 0 or empty stays.
   *
   * @param restart null to leave that alone
   */
  public void update(String id, Resources resources, @Nullable RestartPolicy restart) {
    client.post(Query.path("containers", id, "update"), new UpdateRequest(resources, restart));
  }

  /** Sends a signal, by name or number, SIGKILL when null. */
  public void kill(String id, @Nullable String signal) {
    client.post(Query.path("containers", id, "kill").and("signal", signal), null);
  }

  /** Freezes a container's processes. */
  public void pause(String id) {
    client.post(Query.path("containers", id, "pause"), null);
  }

  /** Lets a frozen container go on. */
  public void unpause(String id) {
    client.post(Query.path("containers", id, "unpause"), null);
  }

  /** Renames a container. */
  public void rename(String id, String newName) {
    client.post(Query.path("containers", id, "rename").and("name", newName), null);
  }

  /**
   * Removes a container; {@code force} kills it first, {@code volumes} takes anonymous ones too.
   */
  public void remove(String id, boolean force, boolean volumes) {
    client.delete(Query.path("containers", id).and("force", force).and("v", volumes));
  }

  /** Waits for a condition. The engine has registered the wait once {@link Wait} is returned. */
  public Wait await(String id, Condition condition) {
    return new Wait(
        client.open(
            "POST", Query.path("containers", id, "wait").and("condition", condition.wire), null));
  }

  /** A wait that the engine has registered. */
  public static final class Wait implements AutoCloseable {
    private final Answer answer;

    private Wait(Answer answer) {
      this.answer = answer;
    }

    /** Blocks until the condition holds. */
    public WaitResponse get() {
      return WaitResponse.of(Json.object(answer.bytes()));
    }

    /** Gives the wait up. */
    @Override
    public void close() {
      answer.close();
    }
  }

  /**
   * Reads a log.
   *
   * @param tty asked whether the container has a terminal, by engines before API 1.42, which do not
   *     say how they send the log
   */
  public FrameReader logs(String id, LogQuery query, BooleanSupplier tty) {
    Answer answer =
        client.open(
            "GET",
            Query.path("containers", id, "logs")
                .and("stdout", query.stdout())
                .and("stderr", query.stderr())
                .and("follow", query.follow())
                .and("timestamps", query.timestamps())
                .and("since", query.since())
                .and("until", query.until())
                .and("tail", query.tail() < 0 ? "all" : Integer.toString(query.tail())),
            null);
    String contentType = answer.header("Content-Type");
    return new FrameReader(
        answer.body(),
        contentType == null ? !tty.getAsBoolean() : contentType.contains("multiplexed"));
  }

  /**
   * Connects to the streams of a container, which may not have been started yet.
   *
   * @param detachKeys null for the engine's own
   */
  public RawStream attach(
      String id,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean logs,
      @Nullable String detachKeys) {
    return client.upgrade(
        Query.path("containers", id, "attach")
            .and("stream", true)
            .and("stdin", stdin)
            .and("stdout", stdout)
            .and("stderr", stderr)
            .and("logs", logs)
            .and("detachKeys", detachKeys),
        null);
  }

  /** Sets the size of a container's terminal in characters. */
  public void resize(String id, int rows, int columns) {
    client.post(Query.path("containers", id, "resize").and("h", rows).and("w", columns), null);
  }

  /** The processes of a running container. */
  public TopResponse top(String id, @Nullable String psArguments) {
    return TopResponse.of(
        client.get(Query.path("containers", id, "top").and("ps_args", psArguments)));
  }

  /**
   * Samples of a container's resource use, as the engine sends them.
   *
   * @param live whether one comes every second; else a single one, after two measurements
   */
  public JsonLines stats(String id, boolean live) {
    return client.lines(
        "GET", Query.path("containers", id, "stats").and("stream", live ? "1" : "0"), null);
  }

  /** Packs a path of a container as a tar archive; closing the stream gives it up. */
  public InputStream getArchive(String id, String path) {
    return client.open("GET", archive(id, path), null).body();
  }

  /** What is at a path of a container; empty when nothing is. */
  public Optional<JsonObject> stat(String id, String path) {
    try (Answer answer = client.open("HEAD", archive(id, path), null)) {
      String stat = answer.header("X-Docker-Container-Path-Stat");
      return stat == null
          ? Optional.empty()
          : Optional.of(Json.object(Base64.getDecoder().decode(stat)));
    } catch (ApiException e) {
      if (e.status() == 404) {
        // Also for a container that is gone; the call that follows will say so.
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Unpacks a tar archive into a directory of a container.
   *
   * @param ownedByUser whether all of it then belongs to the container's user; else the archive's
   *     owners count
   */
  public void putArchive(String id, String directory, InputStream tar, boolean ownedByUser) {
    client
        .upload(
            "PUT",
            archive(id, directory).and("noOverwriteDirNonDir", true).and("copyUIDGID", ownedByUser),
            "application/x-tar",
            tar)
        .bytes();
  }

  private static Query archive(String id, String path) {
    return Query.path("containers", id, "archive").and("path", path);
  }

  /** Whether bytes from an engine carry frame headers. */
  public static boolean isMultiplexed(@Nullable String contentType, boolean tty) {
    if (contentType == null) {
      return !tty;
    }
    // Engines before API 1.42 call every stream raw.
    return contentType.contains("multiplexed") || !tty;
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : number.toString();
  }

  /** What differs from the image, sorted by path. */
  public List<FileChange> changes(String id) {
    return client.list(Query.path("containers", id, "changes")).stream()
        .map(FileChange::of)
        .toList();
  }

  /** Reads all files of a container, without its volumes, as a tar archive. */
  public Answer export(String id) {
    return client.open("GET", Query.path("containers", id, "export"), null);
  }
}
