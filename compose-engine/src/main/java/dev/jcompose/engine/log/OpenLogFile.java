package dev.jcompose.engine.log;

import java.nio.channels.FileChannel;

/** A log file held open by a reader; renaming and deleting it do not disturb the reader. */
record OpenLogFile(FileChannel channel, long generation) {}
