package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.client.BuildCalls;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The parameters of {@code POST /build} of the Docker Engine API. */
final class ClassicQuery {
  private ClassicQuery() {}

  /**
   * Says what is to be built.
   *
   * @param dockerfile its path in the context
   * @param remote the context when it is not sent; empty when it is
   * @param arguments build arguments
   */
  static Query of(BuildSpec spec, String dockerfile, String remote, Map<String, String> arguments) {
    Query query =
        BuildCalls.classic().and("dockerfile", dockerfile).and("remote", remote).and("rm", true);
    spec.tags().forEach(tag -> query.and("t", tag));
    BuildSpec.Sandbox sandbox = spec.sandbox();
    // Steps that failed leave no containers, as with the own engine.
    query
        .and("forcerm", true)
        .and("target", spec.target())
        .and("platform", spec.platform())
        .and("nocache", spec.caching().none())
        .and("pull", spec.caching().pull())
        .and("networkmode", sandbox.network());
    sandbox.extraHosts().forEach(host -> query.and("extrahosts", host.replaceFirst("=", ":")));
    number(query, "shmsize", sandbox.shmBytes());
    number(query, "memory", sandbox.memoryBytes());
    json(query, "buildargs", arguments, arguments.isEmpty());
    json(query, "labels", spec.labels(), spec.labels().isEmpty());
    json(query, "cachefrom", spec.caching().from(), spec.caching().from().isEmpty());
    List<JsonObject> ulimits = sandbox.ulimits().stream().map(ClassicQuery::ulimit).toList();
    json(query, "ulimits", ulimits, ulimits.isEmpty());
    return query;
  }

  private static void number(Query query, String name, long value) {
    if (value > 0) {
      query.and(name, value);
    }
  }

  private static void json(Query query, String name, Object value, boolean isEmpty) {
    if (!isEmpty) {
      query.and(name, Json.print(value));
    }
  }

  /** Of {@code name=soft:hard}. */
  private static JsonObject ulimit(String text) {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':', equals);
    return JsonObject.builder()
        .put("Name", text.substring(0, equals))
        .put("Soft", Long.parseLong(text.substring(equals + 1, colon)))
        .put("Hard", Long.parseLong(text.substring(colon + 1)))
        .build();
  }
}
