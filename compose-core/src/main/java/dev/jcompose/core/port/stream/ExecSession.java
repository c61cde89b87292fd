package dev.jcompose.core.port.stream;

/** A session with a process that was started by it. */
public interface ExecSession extends Session {
  /** The exit code of the process, once {@code next} has returned null. */
  int exitCode();
}
