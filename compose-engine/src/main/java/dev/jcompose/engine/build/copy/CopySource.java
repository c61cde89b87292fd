package dev.jcompose.engine.build.copy;

import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;

/**
 * One thing to copy.
 *
 * @param tree where it is
 * @param node a file, or a directory whose content is copied; symbolic links were followed
 * @param name what a file is called in a destination folder
 * @param parents folders that are kept below the destination, as {@code --parents} wants; empty for
 *     none
 */
public record CopySource(FileTree tree, TreeNode node, String name, String parents) {}
