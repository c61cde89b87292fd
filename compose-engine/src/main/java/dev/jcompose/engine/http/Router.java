package dev.jcompose.engine.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/** Finds the route of a request. Every route exists with and without a version before it. */
final class Router {
  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** A route and what the request's target says. */
  record Match(
      Route route, ApiVersion version, Map<String, String> variables, Parameters parameters) {
    /** Stands for the route of a request that has none; it is answered with an error. */
    static final Match NONE =
        new Match(
            Route.of(
                "",
                "/",
                exchange -> {
                  throw HttpProblem.pageNotFound();
                }),
            ApiVersion.NEWEST,
            Map.of(),
            new Parameters(Map.of()));
  }

  /**
   * Matches a request.
   *
   * @param target path and query as they came
   * @throws HttpProblem 404 for an unknown path or method, 400 for a version that is not spoken
   */
  Match match(String method, String target) {
    QueryStringDecoder decoder = new QueryStringDecoder(target);
    String path;
    Parameters parameters;
    try {
      path = decoder.path();
      parameters = new Parameters(decoder.parameters());
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("the request's target cannot be decoded: " + e.getMessage());
    }
    if (!path.startsWith("/")) {
      throw HttpProblem.pageNotFound();
    }
    ApiVersion version = ApiVersion.NEWEST;
    int second = path.indexOf('/', 1);
    if (path.startsWith("/v") && second > 0) {
      ApiVersion asked = ApiVersion.parse(path.substring(2, second));
      if (asked != null) {
        version = checked(asked);
        path = path.substring(second);
      }
    }
    List<String> segments = PathTemplate.segments(path);
    for (Route route : routes) {
      if (route.method().equals(method)) {
        Map<String, String> variables = route.template().match(segments);
        if (variables != null) {
          return new Match(route, version, variables, parameters);
        }
      }
    }
    throw HttpProblem.pageNotFound();
  }

  private static ApiVersion checked(ApiVersion asked) {
    if (asked.compareTo(ApiVersion.NEWEST) > 0) {
      throw HttpProblem.badRequest(
          "client version "
              + asked
              + " is too new. Maximum supported API version is "
              + ApiVersion.NEWEST);
    }
    if (asked.compareTo(ApiVersion.OLDEST) < 0) {
      throw HttpProblem.badRequest(
          "client version "
              + asked
              + " is too old. Minimum supported API version is "
              + ApiVersion.OLDEST
              + ", please upgrade your client to a newer version");
    }
    return asked;
  }
}
