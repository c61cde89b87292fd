package dev.jcompose.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {
  private static final long MS = 1_000_000;
  private static final Path A = Path.of("/p/a");
  private static final Path B = Path.of("/p/b");

  private final AtomicLong now = new AtomicLong(-7 * MS);
  private final ChangeQueue queue = new ChangeQueue(now::get);

  @Test
  void gathersWhatComesUntilItIsQuiet() {
    queue.changed(A);
    now.addAndGet(400 * MS);
    queue.changed(B);
    queue.changed(A);
    now.addAndGet(499 * MS);
    assertThat(queue.poll()).isEmpty();

    now.addAndGet(MS);
    assertThat(queue.poll())
        .hasValueSatisfying(batch -> assertThat(batch.paths()).containsExactly(A, B));
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void doesNotWaitForAFileThatIsWrittenAllTheTime() {
    for (int i = 0; i < 12; i++) {
      queue.changed(A);
      now.addAndGet(400 * MS);
      assertThat(queue.poll()).isEmpty();
    }
    queue.changed(B);
    now.addAndGet(200 * MS);

    assertThat(queue.poll())
        .hasValueSatisfying(batch -> assertThat(batch.paths()).containsExactly(A, B));
  }

  @Test
  void keepsWhatComesWhileABatchIsDealtWithForTheNextOne() {
    queue.changed(A);
    now.addAndGet(500 * MS);
    assertThat(queue.poll()).isPresent();
    queue.changed(A);
    queue.started("c1");
    now.addAndGet(500 * MS);

    assertThat(queue.poll())
        .hasValueSatisfying(
            batch -> {
              assertThat(batch.paths()).containsExactly(A);
              assertThat(batch.started()).isEqualTo(java.util.Set.copyOf(List.of("c1")));
            });
  }

  @Test
  void endsWhenItIsClosed() throws InterruptedException {
    queue.changed(A);
    queue.close();

    assertThat(queue.take()).isEmpty();
  }
}
