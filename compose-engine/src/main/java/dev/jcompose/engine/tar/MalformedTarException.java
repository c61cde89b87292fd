package dev.jcompose.engine.tar;

import java.io.IOException;

/** Bytes are not an archive, or one that breaks the rules; the message says where and what. */
public final class MalformedTarException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedTarException(long offset, String problem) {
    super("not a proper archive at byte " + offset + ": " + problem);
  }
}
