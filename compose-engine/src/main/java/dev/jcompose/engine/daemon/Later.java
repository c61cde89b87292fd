package dev.jcompose.engine.daemon;

import dev.jcompose.engine.EngineException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A service that is still being made: calls wait for it. So the server can listen, and answer what
 * needs no service, while the stores are opened.
 */
final class Later {
  private Later() {}

  /**
   * Stands for a service until it is there, and passes every call on.
   *
   * @param type an interface
   */
  static <T> T of(Class<T> type, CompletableFuture<? extends T> ready) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return method.invoke(await(ready), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private static <T> @Nullable T await(CompletableFuture<? extends T> ready) {
    try {
      return ready.join();
    } catch (CompletionException e) {
      throw new EngineException.Unavailable(
          "the engine could not start: "
              + (e.getCause() == null ? e : e.getCause()).getMessage()
              + "; its log has the details");
    }
  }
}
