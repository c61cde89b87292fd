package dev.jcompose.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWatcherTest {
  @TempDir Path top;

  private final Set<Path> told = ConcurrentHashMap.newKeySet();
  private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
  private TreeWatcher watcher;
  private Path root;

  @BeforeEach
  void open() throws IOException {
    watcher = new TreeWatcher(told::add, failures::add);
    root = top.resolve("src");
  }

  @AfterEach
  void close() {
    watcher.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void tellsOfFilesInDirectoriesThatAppear() throws IOException {
    Files.createDirectory(root);
    watcher.watch(List.of(root), directory -> false);
    Path deep = Files.createDirectories(root.resolve("a/b/c"));
    Path file = Files.writeString(deep.resolve("file"), "1");
    awaitTold(root.resolve("a"), deep, file);

    told.clear();
    Files.writeString(file, "2");
    awaitTold(file);
    told.clear();
    Files.delete(file);
    awaitTold(file);
  }

  @Test
  void goesOnWithADirectoryThatIsRenamedAndOneMadeAgain() throws IOException {
    Files.createDirectories(root.resolve("old/deep"));
    watcher.watch(List.of(root), directory -> false);
    Files.move(root.resolve("old"), root.resolve("new"));
    awaitTold(root.resolve("old"), root.resolve("new"));
    told.clear();
    Path file = Files.writeString(root.resolve("new/deep/file"), "1");
    awaitTold(file);
    assertThat(told).noneMatch(path -> path.startsWith(root.resolve("old")));

    Files.delete(file);
    Files.delete(root.resolve("new/deep"));
    Files.delete(root.resolve("new"));
    awaitTold(root.resolve("new"));
    told.clear();
    Files.createDirectories(root.resolve("new/deep"));
    Files.writeString(file, "2");
    awaitTold(file);
  }

  @Test
  void waitsForARootThatIsNotThereYetAndForOneThatComesBack() throws IOException {
    Path above = top.resolve("x/y");
    Path late = above.resolve("late");
    watcher.watch(List.of(late), directory -> false);
    Files.createDirectories(late);
    Path file = Files.writeString(late.resolve("file"), "1");
    awaitTold(file);

    Files.delete(file);
    Files.delete(late);
    Files.delete(above);
    Files.delete(top.resolve("x"));
    awaitTold(late);
    told.clear();
    Files.createDirectories(late);
    Files.writeString(file, "2");
    awaitTold(file);
  }

  @Test
  void tellsOfASingleFileAndNotOfItsNeighbours() throws IOException {
    Path file = Files.writeString(top.resolve("compose.yaml"), "1");
    watcher.watch(List.of(file), directory -> false);
    Files.writeString(top.resolve("neighbour"), "1");
    Files.writeString(top.resolve("other"), "2");
    Files.move(top.resolve("other"), file, StandardCopyOption.REPLACE_EXISTING);

    awaitTold(file);
    assertThat(told).containsExactly(file);
  }

  @Test
  void keepsOutOfDirectoriesNobodyAsksFor() throws IOException {
    Files.createDirectories(root.resolve("node_modules/x"));
    watcher.watch(List.of(root), directory -> directory.endsWith("node_modules"));
    Files.writeString(root.resolve("node_modules/x/file"), "1");
    Path seen = Files.writeString(root.resolve("seen"), "1");

    awaitTold(seen);
    assertThat(told).noneMatch(path -> path.startsWith(root.resolve("node_modules/x")));
  }

  @Test
  void tellsWhatChangedBetweenTwoSetsOfRoots() throws IOException {
    Files.createDirectories(root.resolve("a"));
    watcher.watch(List.of(root), directory -> directory.endsWith("a"));
    watcher.watch(List.of(root, top.resolve("more")), directory -> false);
    Path file = Files.writeString(root.resolve("a/file"), "1");
    awaitTold(file);
  }

  /** A burst of thousands makes the JDK drop events of a directory and say so. */
  @Test
  void losesNothingInAStorm() throws IOException {
    long seed = 7;
    Random random = new Random(seed);
    Files.createDirectory(root);
    watcher.watch(List.of(root), directory -> false);
    TreeMap<Path, Boolean> expected = new TreeMap<>();
    for (int i = 0; i < 4_000; i++) {
      Path directory = root.resolve("d" + random.nextInt(3));
      Files.createDirectories(directory);
      Path file = directory.resolve("f" + random.nextInt(1_500));
      Files.writeString(file, "" + i);
      expected.put(file, true);
    }

    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    assertThat(files).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected.keySet());
    awaitTold(files.toArray(Path[]::new));
  }

  private void awaitTold(Path... paths) {
    await().untilAsserted(() -> assertThat(told).contains(paths));
  }
}
