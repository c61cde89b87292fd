package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoStackTest {
  private final List<String> done = new ArrayList<>();

  @Test
  void undoesInReverseAndGoesOnAfterAFailure() {
    try (UndoStack undo = new UndoStack()) {
      undo.push("first", () -> done.add("first"));
      undo.push(
          "second",
          () -> {
            throw new IllegalStateException("on purpose");
          });
      undo.push("third", () -> done.add("third"));
    }
    assertThat(done).containsExactly("third", "first");
  }

  @Test
  void undoesNothingThatIsKept() {
    try (UndoStack undo = new UndoStack()) {
      undo.push("first", () -> done.add("first"));
      undo.keep();
    }
    assertThat(done).isEmpty();
  }
}
