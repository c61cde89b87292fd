package dev.jcompose.core.port.stream;

/** Which of its two outputs a process wrote to. A terminal has only {@link #OUT}. */
public enum Source {
  OUT,
  ERR
}
