package dev.jcompose.engine.http;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.ImageException;
import java.io.UncheckedIOException;

/** The status of every failure a handler may end with. */
final class Problems {
  private Problems() {}

  static int status(Throwable problem) {
    return switch (problem) {
      case HttpProblem http -> http.status();
      case JsonException _, BadReferenceException _ -> 400;
      case EngineException engine -> status(engine);
      case ImageException image ->
          switch (image.kind()) {
            case NOT_FOUND -> 404;
            case INVALID -> 400;
            case CONFLICT -> 409;
            case DENIED -> 403;
            case FAILED -> 500;
          };
      default -> 500;
    };
  }

  private static int status(EngineException engine) {
    return switch (engine) {
      case EngineException.InvalidRequest _ -> 400;
      case EngineException.Forbidden _ -> 403;
      case EngineException.NotFound _ -> 404;
      case EngineException.Conflict _ -> 409;
      case EngineException.NotModified _ -> 304;
      case EngineException.Failed _ -> 500;
      case EngineException.NotSupported _ -> 501;
      case EngineException.Unavailable _ -> 503;
    };
  }

  /** Whether the failure was foreseen, so that its message is meant for the client. */
  static boolean isForeseen(Throwable problem) {
    return problem instanceof HttpProblem
        || problem instanceof JsonException
        || problem instanceof BadReferenceException
        || problem instanceof EngineException
        || problem instanceof ImageException;
  }

  static String message(Throwable problem) {
    String message = problem.getMessage();
    if (isForeseen(problem)) {
      return message == null ? "" : message;
    }
    if (problem instanceof UncheckedIOException && message != null) {
      // The disk or the kernel refused something: the reason is what the user can mend.
      Throwable reason = problem.getCause();
      return reason == null ? message : message + ": " + reason.getMessage();
    }
    return "the engine failed unexpectedly (" + problem + "); its log has the details";
  }
}
