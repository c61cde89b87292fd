package dev.jcompose.engine.build.tree;

import dev.jcompose.engine.linux.files.FileFacts;

/**
 * What tells one state of a file from another without reading it. The time of the last change of
 * the inode cannot be set by programs, so a file that was changed and given its old size and time
 * back is still another one.
 */
record FileStamp(long device, long inode, long size, long mtimeNanos, long ctimeNanos) {
  static FileStamp of(FileFacts facts) {
    return new FileStamp(
        facts.device(), facts.inode(), facts.size(), facts.mtimeNanos(), facts.ctimeNanos());
  }
}
