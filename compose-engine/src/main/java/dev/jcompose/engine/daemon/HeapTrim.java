package dev.jcompose.engine.daemon;

/**
 * Gives the heap's memory back to the machine while the engine is quiet. The serial collector looks
 * through its old generation only when that is full, so after a burst of launches two thirds of the
 * heap are garbage that nobody collects.
 */
final class HeapTrim {
  /** Bytes of growth that are worth a pause of about fifty milliseconds. The nursery is 8 MB. */
  private static final long WORTH = 10L << 20;

  private long usedAfterLast;

  /** To be called now and then, from one thread, when nobody waits for an answer. */
  void whenQuiet() {
    if (used() - usedAfterLast > WORTH) {
      System.gc();
      usedAfterLast = used();
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
