package dev.jcompose.cli.terminal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals to this process. The JDK's only way to see Ctrl-C without ending is sun.misc.Signal,
 * which cannot be named in source: javac warns about it and has no switch for that warning.
 */
public final class Signals {
  /** SIG_DFL of signal(2). */
  private static final MemorySegment DEFAULT_ACTION = MemorySegment.NULL;

  private Signals() {}

  /**
   * Runs {@code action} on a thread of its own each time the signal comes, in place of what was
   * there before. Where the JDK offers no signals, nothing happens.
   *
   * <p>A script's shell makes what it puts into the background ignore "INT" (POSIX, Shell Command
   * Language 2.11), and the JDK then leaves the signal alone. Whoever sends it to this process all
   * the same means it, so it is taken here too, as Docker's command line does.
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
      Object named = signal.getConstructor(String.class).newInstance(name);
      Method handle = signal.getMethod("handle", signal, handler);
      Object before = handle.invoke(null, named, proxy);
      if (handler.getField("SIG_IGN").get(null).equals(before)) {
        noLongerIgnore((int) signal.getMethod("getNumber").invoke(named));
        handle.invoke(null, named, proxy);
      }
    } catch (ReflectiveOperationException e) {
      System.getLogger("jcompose").log(System.Logger.Level.DEBUG, "no signals here", e);
    }
  }

  @SuppressWarnings("restricted") // The launcher allows native access.
  private static void noLongerIgnore(int number) {
    Linker linker = Linker.nativeLinker();
    try {
      MemorySegment ignoring =
          (MemorySegment)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("signal"),
                      FunctionDescriptor.of(
                          ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                  .invokeExact(number, DEFAULT_ACTION);
      System.getLogger("jcompose")
          .log(System.Logger.Level.DEBUG, "signal " + number + " was handled by " + ignoring);
    } catch (Throwable e) {
      System.getLogger("jcompose").log(System.Logger.Level.DEBUG, "it stays ignored", e);
    }
  }
}
