package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.ContextSource;
import dev.jcompose.engine.build.fetch.Contexts;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /build} of the Docker Engine API. That no container of a step stays ({@code rm},
 * {@code forcerm}) is how it is anyway; what has no meaning here is refused.
 */
public final class ClassicBuild {
  /** The header with logins by server. */
  private static final String LOGINS = "X-Registry-Config";

  private final Parameters query;

  private ClassicBuild(Parameters query) {
    this.query = query;
  }

  /** What a client asks for; its body is the context unless it names another. */
  public static BuildRequest of(Request request) {
    ClassicBuild build = new ClassicBuild(request.query());
    build.refuseWhatIsNot();
    return build.request(
        build.context(request), DockerConfig.ofHeader(LOGINS, request.header(LOGINS)));
  }

  private void refuseWhatIsNot() {
    if (query.string("version").equals("2")) {
      throw HttpProblem.badRequest(
          "builds of BuildKit clients are not served; set DOCKER_BUILDKIT=0, or use jcompose"
              + " build");
    }
    refuse(query.flag("squash"), "squash", "merge the RUN instructions instead");
    refuse(!query.string("outputs").isEmpty(), "outputs", "use docker save or docker cp");
    refuse(!query.string("securityopt").isEmpty(), "securityopt", "leave it out");
    refuse(!query.string("cgroupparent").isEmpty(), "cgroupparent", "leave it out");
  }

  private static void refuse(boolean given, String name, String nextMove) {
    if (given) {
      throw HttpProblem.badRequest("builds do not support " + name + "; " + nextMove);
    }
  }

  private ContextSource context(Request request) {
    String remote = query.string("remote");
    // This name stands for the body, as clients have always sent it.
    if (remote.isEmpty() || remote.equals("client-session")) {
      return new ContextSource.Sent(request.body());
    }
    if (!Contexts.isRemote(remote)) {
      throw HttpProblem.badRequest(
          "remote=" + remote + " is neither a git repository nor a URL; send the context instead");
    }
    return new ContextSource.Remote(remote);
  }

  private BuildRequest request(ContextSource context, Credentials logins) {
    String dockerfile = query.string("dockerfile");
    return new BuildRequest(
        "",
        context,
        new BuildRequest.DockerfileSource.InContext(
            dockerfile.isEmpty() ? "Dockerfile" : dockerfile),
        texts("buildargs"),
        Map.of(),
        query.string("target"),
        texts("labels"),
        query.strings("t").stream().filter(name -> !name.isEmpty()).toList(),
        new BuildRequest.Caching(
            query.flag("nocache"), Set.of(), query.flag("pull"), list("cachefrom"), List.of()),
        new BuildRequest.SandboxOptions(
            network(),
            extraHosts(),
            number("shmsize", 0),
            ulimits(),
            limits(),
            false,
            Set.of(),
            false),
        Map.of(),
        Map.of(),
        logins,
        query.string("platform"),
        false);
  }

  private String network() {
    String mode = query.string("networkmode");
    if (mode.startsWith("container:")) {
      throw HttpProblem.badRequest(
          "networkmode=" + mode + " is not supported for builds; name a network, host or none");
    }
    return mode;
  }

  private List<String> extraHosts() {
    List<String> all = new ArrayList<>();
    query.strings("extrahosts").forEach(text -> all.addAll(List.of(text.split(","))));
    all.removeIf(String::isEmpty);
    return all;
  }

  private Limits limits() {
    long memory = number("memory", 0);
    String cpus = query.stringOrNull("cpusetcpus");
    String nodes = query.stringOrNull("cpusetmems");
    return new Limits(
        orNull(memory),
        orNull(number("memswap", 0)),
        null,
        null,
        false,
        orNull(number("cpushares", 0)),
        orNull(number("cpuquota", 0)),
        orNull(number("cpuperiod", 0)),
        cpus,
        nodes,
        null,
        null,
        List.of());
  }

  private static @Nullable Long orNull(long number) {
    return number == 0 ? null : number;
  }

  private long number(String name, long absent) {
    String text = query.string(name);
    try {
      return text.isEmpty() ? absent : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest("the parameter " + name + "=" + text + " is not a number");
    }
  }

  private List<String> ulimits() {
    List<String> all = new ArrayList<>();
    for (Object each : array("ulimits")) {
      JsonObject limit = Json.asObject(each);
      all.add(limit.string("Name") + "=" + limit.number("Soft") + ":" + limit.number("Hard"));
    }
    return all;
  }

  private List<String> list(String name) {
    return array(name).stream().map(String::valueOf).toList();
  }

  /** Old clients send {@code null} for nothing. */
  private List<?> array(String name) {
    String text = query.string(name);
    Object value = text.isEmpty() ? null : parsed(name, text);
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw HttpProblem.badRequest("the parameter " + name + " is not a JSON array");
    };
  }

  /** An argument without a value is one that the client does not have: as if it was not given. */
  private Map<String, String> texts(String name) {
    String text = query.string(name);
    Object value = text.isEmpty() ? null : parsed(name, text);
    Map<String, String> texts = new LinkedHashMap<>();
    switch (value) {
      case null -> {}
      case JsonObject object ->
          object
              .members()
              .forEach(
                  (key, each) -> {
                    if (each != null) {
                      texts.put(key, String.valueOf(each));
                    }
                  });
      default -> throw HttpProblem.badRequest("the parameter " + name + " is not a JSON object");
    }
    return texts;
  }

  private static @Nullable Object parsed(String name, String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw HttpProblem.badRequest("the parameter " + name + " is not JSON: " + e.getMessage());
    }
  }
}
