package dev.jcompose.engine.log;

import java.nio.channels.FileChannel;

/**
 * A log file held open by a reader; renaming and deleting it do not disturb the reader.
 *
 * @param end how far it is read: a reader that does not follow takes only what there was at first,
 *     or a container that writes without pause would keep it for ever
 */
record OpenLogFile(FileChannel channel, long generation, long end) {}
