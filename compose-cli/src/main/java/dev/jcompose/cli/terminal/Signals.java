package dev.jcompose.cli.terminal;

import java.lang.reflect.Proxy;

/**
 * Signals to this process. The JDK's only way to see Ctrl-C without ending is sun.misc.Signal,
 * which cannot be named in source: javac warns about it and has no switch for that warning.
 */
public final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} on a thread of its own each time the signal comes, in place of what was
   * there before. Where the JDK offers no signals, nothing happens.
   *
   * @param name without SIG: "INT", "TERM" or "WINCH"
   */
  public static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  Thread.ofVirtual().start(action);
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      System.getLogger("jcompose").log(System.Logger.Level.DEBUG, "no signals here", e);
    }
  }
}
