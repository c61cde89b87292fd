package dev.jcompose.engine.api.transport;

/** A piece of a container's output and where it was written. */
public final class Frame {
  /** A stream of a container, in the order of the numbers that stand for them on the wire. */
  public enum Source {
    /** Input echoed back. */
    STDIN,
    /** Standard output, and everything when there is a terminal. */
    STDOUT,
    /** Standard error. */
    STDERR,
    /** A message of the engine about the stream itself. */
    ENGINE
  }

  private final Source source;
  private final byte[] bytes;

  Frame(Source source, byte[] bytes) {
    this.source = source;
    this.bytes = bytes;
  }

  /** Where it was written. */
  public Source source() {
    return source;
  }

  /** The bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }
}
