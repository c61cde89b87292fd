package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.build.cache.BuildCache;
import dev.jcompose.engine.build.cache.CacheEntry;
import dev.jcompose.engine.build.cache.CacheMounts;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builds keep for the next ones, and how it goes. */
class BuildCacheIT {
  private static final String DOCKERFILE =
      """
      FROM jcompose/base
      RUN head -c 1000 /dev/zero > /small
      RUN head -c 300000 /dev/zero > /large
      RUN --mount=type=cache,target=/cache head -c 5000 /dev/zero > /cache/kept
      """;

  @TempDir Path context;

  @AutoClose private TestEngine engine;
  private BuildLab lab;
  private BuildCache cache;

  @BeforeEach
  void start() throws IOException {
    engine = TestEngine.start();
    lab = new BuildLab(engine, context);
    cache = engine.parts.builds.cache();
  }

  private void remove(Image image) throws Exception {
    engine.parts.images.remove(image.id(), true, false, ImageUse.NONE);
  }

  private List<Long> sizes(CacheEntry.Kind kind) throws IOException {
    return cache.list().stream()
        .filter(entry -> entry.kind() == kind)
        .map(CacheEntry::size)
        .sorted()
        .toList();
  }

  @Test
  void listsStepsAndMountsWithTheirSizes() throws Exception {
    lab.build(DOCKERFILE, "kept:1");
    assertThat(sizes(CacheEntry.Kind.STEP)).containsExactly(0L, 1000L, 300000L);
    assertThat(sizes(CacheEntry.Kind.MOUNT)).containsExactly(5000L);
    assertThat(cache.list())
        .allMatch(entry -> !entry.inUse())
        .allMatch(entry -> entry.shared() == (entry.kind() == CacheEntry.Kind.STEP))
        .anyMatch(entry -> entry.description().contains("/large"))
        .anyMatch(entry -> entry.description().contains("cache mount //cache"));
  }

  @Test
  void runsAStepOnceThatTwoBuildsNeedAtTheSameTime() throws Exception {
    String dockerfile =
        """
        FROM jcompose/base
        RUN --mount=type=cache,id=gate,target=/gate \
            echo ran >> /gate/runs; until [ -e /gate/open ]; do :; done
        """;
    BuildLab other = new BuildLab(engine, context);
    try (ExecutorService builds = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Image> first = builds.submit(() -> lab.build(dockerfile));
      Future<Image> second = builds.submit(() -> other.build(dockerfile));
      try (CacheMounts.Held gate =
          Awaitility.await()
              .ignoreExceptions()
              .until(() -> cache.mount("gate"), Objects::nonNull)) {
        Path runs = gate.directory().resolve("runs");
        Awaitility.await()
            .ignoreExceptions()
            .until(() -> Files.exists(runs) && isAtRun(lab) && isAtRun(other));
        Files.createFile(gate.directory().resolve("open"));
        assertThat(second.get(20, TimeUnit.SECONDS).id())
            .isEqualTo(first.get(20, TimeUnit.SECONDS).id());
        assertThat(runs).hasContent("ran\n");
      }
    }
  }

  private static boolean isAtRun(BuildLab lab) {
    return lab.log.steps.stream().anyMatch(step -> step.contains("] RUN"));
  }

  @Test
  void prunesWhatNoImageHasAndTheMountsAndFreesTheirDisk() throws Exception {
    Image image = lab.build(DOCKERFILE);
    Path large = image.layerDirectories().get(2);
    BuildCache.Pruned first = cache.prune(false, entry -> true, 0);
    assertThat(first.freed()).isEqualTo(5000);
    assertThat(large).exists();

    remove(image);
    assertThat(large).as("kept for the next build").exists();
    assertThat(cache.prune(false, entry -> true, 0).freed()).isEqualTo(301000);
    assertThat(large).doesNotExist();
    assertThat(cache.list()).isEmpty();
    lab.build(DOCKERFILE);
    assertThat(lab.log.cached).isEmpty();
  }

  @Test
  void forgetsStepsThatImagesHaveOnlyWhenAllAreToGo() throws Exception {
    lab.build(DOCKERFILE, "kept:1");
    assertThat(cache.prune(true, entry -> entry.kind() == CacheEntry.Kind.STEP, 0))
        .satisfies(pruned -> assertThat(pruned.ids()).hasSize(3))
        .satisfies(pruned -> assertThat(pruned.freed()).isZero());
    assertThat(sizes(CacheEntry.Kind.MOUNT)).hasSize(1);
    lab.build(DOCKERFILE, "kept:2");
    assertThat(lab.log.cached).isEmpty();
  }

  @Test
  void keepsWhatWasUsedLastUnderALimit() throws Exception {
    remove(lab.build(DOCKERFILE));
    // The last steps of a build go first: without them the earlier ones are still of use.
    assertThat(cache.limit(302000)).isEqualTo(300000);
    assertThat(sizes(CacheEntry.Kind.STEP)).containsExactly(1000L);
    lab.build(DOCKERFILE);
    assertThat(lab.log.cached).hasSize(1);
    assertThat(cache.limit(0)).isEqualTo(5000);
  }
}
