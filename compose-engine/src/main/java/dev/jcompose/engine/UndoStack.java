package dev.jcompose.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The steps done so far, each with its undoing. Used with try-with-resources: leaving the block
 * undoes everything in reverse order unless {@link #keep} was called.
 *
 * <pre>{@code
 * try (var undo = new UndoStack()) {
 *   Files.createDirectory(directory);
 *   undo.push("remove " + directory, () -> Files.delete(directory));
 *   …
 *   undo.keep();
 * }
 * }</pre>
 *
 * Not safe for use by several threads.
 */
public final class UndoStack implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UndoStack.class.getName());

  /** One undoing. It may fail; the others are still carried out. */
  @FunctionalInterface
  public interface Undo {
    void run() throws Exception;
  }

  private record Step(String what, Undo undo) {}

  private final Deque<Step> steps = new ArrayDeque<>();

  /**
   * Remembers how to undo a step that has just been done.
   *
   * @param what names the undoing in the log when it fails
   */
  public void push(String what, Undo undo) {
    steps.push(new Step(what, undo));
  }

  /** Everything done so far stays: nothing is undone any more. */
  public void keep() {
    steps.clear();
  }

  /**
   * Undoes what was not kept, last step first. A failing step is logged and does not stop the
   * others.
   */
  @Override
  public void close() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        step.undo().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOG.log(System.Logger.Level.WARNING, "interrupted while undoing: " + step.what(), e);
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "could not undo: " + step.what(), e);
      }
    }
  }
}
