package dev.jcompose.core.adapter;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.transport.ConnectionLostException;
import dev.jcompose.engine.api.transport.EngineUnreachableException;
import dev.jcompose.engine.api.transport.UnreadableBodyException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the client's failures into the port's. */
final class Calls {
  private Calls() {}

  static <T extends @Nullable Object> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (ApiException refused) {
      throw new EngineException(reason(refused.status()), text(refused), refused);
    } catch (EngineUnreachableException | ConnectionLostException gone) {
      throw new EngineException(Reason.UNREACHABLE, text(gone), gone);
    } catch (UnreadableBodyException unread) {
      throw new EngineException(Reason.INVALID, text(unread), unread);
    } catch (JsonException garbled) {
      throw new EngineException(
          Reason.FAILED, "the engine's answer makes no sense: " + text(garbled), garbled);
    }
  }

  static void run(Runnable call) {
    call(
        () -> {
          call.run();
          return true;
        });
  }

  private static String text(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Reason reason(int status) {
    return switch (status) {
      case 400 -> Reason.INVALID;
      case 404 -> Reason.NOT_FOUND;
      // 403 is what a network with endpoints answers when it is to be removed.
      case 403, 409 -> Reason.CONFLICT;
      case 501 -> Reason.UNSUPPORTED;
      default -> Reason.FAILED;
    };
  }
}
