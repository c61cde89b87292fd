package dev.jcompose.engine.daemon;

/**
 * What may be kept on disk.
 *
 * @param images bytes of layers and archives; zero: as many as there are
 * @param buildCache bytes of what only builds keep; zero likewise
 */
record StorageLimits(long images, long buildCache) {
  static final StorageLimits NONE = new StorageLimits(0, 0);
}
