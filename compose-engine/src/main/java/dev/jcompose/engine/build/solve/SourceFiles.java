package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.tree.FileTree;

/**
 * Where COPY and mounts take files from.
 *
 * @param tree the files
 * @param identity names the whole content, so that nothing has to be read to know it is the same;
 *     empty for a folder, whose content may have changed
 * @param owned whether its files have owners that a copy keeps: those of a stage or image
 * @param whole whether the tree shows all of its folder, so that the folder can be mounted as it is
 */
record SourceFiles(FileTree tree, String identity, boolean owned, boolean whole) {}
