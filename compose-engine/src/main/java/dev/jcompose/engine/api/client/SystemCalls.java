package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.system.EngineStatus;
import dev.jcompose.engine.api.system.EngineVersion;
import dev.jcompose.engine.api.system.SystemInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls about the engine itself. */
public final class SystemCalls {
  private final EngineClient client;

  SystemCalls(EngineClient client) {
    this.client = client;
  }

  /** Asks whether the engine answers, and waits no longer than {@code timeout} for it. */
  public void ping(Duration timeout) {
    client.call("GET", Query.path("_ping"), null, timeout);
  }

  /** What the engine is and which API versions it speaks. */
  public EngineVersion version() {
    return EngineVersion.of(client.get(Query.path("version")));
  }

  /** What the engine tells about itself and its host. */
  public SystemInfo info() {
    return SystemInfo.of(client.get(Query.path("info")));
  }

  /**
   * Events as they happen; each line is an {@link dev.jcompose.engine.api.system.Event}.
   *
   * @param since replays kept events from this time on (seconds since 1970, with a fraction)
   * @param until ends the stream at this time
   */
  public JsonLines events(
      Map<String, ? extends Collection<String>> filters,
      @Nullable String since,
      @Nullable String until) {
    return client.lines(
        "GET", Query.path("events").filters(filters).and("since", since).and("until", until), null);
  }

  /** The state of a jcompose engine; any other engine answers 404. */
  public EngineStatus status(Duration timeout) {
    return EngineStatus.of(client.get(Query.path("jcompose", "engine"), timeout));
  }

  /** Whether there is the route of {@link #status}, which only a jcompose engine has. */
  boolean hasStatus() {
    try {
      client.get(Query.path("jcompose", "engine"));
      return true;
    } catch (ApiException refused) {
      if (refused.isNotFound()) {
        return false;
      }
      throw refused;
    }
  }

  /** Asks a jcompose engine to end; it answers before it does. Containers go on. */
  public void shutdown() {
    client.post(Query.path("jcompose", "shutdown"), null);
  }
}
