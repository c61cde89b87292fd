package dev.jcompose.engine.daemon;

import static dev.jcompose.engine.CrashPoint.BLOB_ARRIVED;
import static dev.jcompose.engine.CrashPoint.IMAGE_CONFIGURATION_STORED;
import static dev.jcompose.engine.CrashPoint.IMAGE_NAMED;
import static dev.jcompose.engine.CrashPoint.IMAGE_NAMES_GONE;
import static dev.jcompose.engine.CrashPoint.IMAGE_RECORD_GONE;
import static dev.jcompose.engine.CrashPoint.IMAGE_RECORD_WRITTEN;
import static dev.jcompose.engine.CrashPoint.LAYER_IN_PLACE;
import static dev.jcompose.engine.CrashPoint.LAYER_OUT_OF_PLACE;
import static dev.jcompose.engine.CrashPoint.LAYER_RECORD_GONE;
import static dev.jcompose.engine.CrashPoint.LAYER_RECORD_WRITTEN;
import static dev.jcompose.engine.CrashPoint.LAYER_UNPACKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.transport.ConnectionLostException;
import dev.jcompose.engine.api.transport.EngineUnreachableException;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.registry.ScriptedRegistry;
import dev.jcompose.engine.registry.TestImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine dies at every step of making and removing images, and the next one has a store that is
 * whole, keeps what was fetched, and can do the same again.
 */
class ImageCrashIT {
  private static final String COMMITTED = "committed:latest";

  private static KilledEngine engine;
  private static Path armed;
  private static ScriptedRegistry registry;
  private static TestImage image;
  private static byte[] archive;

  /** What the engine is asked for. */
  enum Work {
    PULL,
    LOAD,
    COMMIT,
    REMOVE,
    PRUNE;

    /** Steps that pulling and removing have too are taken in part. */
    Set<CrashPoint> points() {
      return switch (this) {
        case PULL ->
            EnumSet.of(
                BLOB_ARRIVED,
                LAYER_UNPACKED,
                LAYER_IN_PLACE,
                LAYER_RECORD_WRITTEN,
                IMAGE_CONFIGURATION_STORED,
                IMAGE_RECORD_WRITTEN,
                IMAGE_NAMED);
        case LOAD, COMMIT -> EnumSet.of(LAYER_UNPACKED, LAYER_RECORD_WRITTEN, IMAGE_RECORD_WRITTEN);
        case REMOVE ->
            EnumSet.of(IMAGE_NAMES_GONE, IMAGE_RECORD_GONE, LAYER_RECORD_GONE, LAYER_OUT_OF_PLACE);
        case PRUNE -> EnumSet.of(IMAGE_RECORD_GONE, LAYER_OUT_OF_PLACE);
      };
    }
  }

  static Stream<Arguments> steps() {
    return Arrays.stream(Work.values())
        .flatMap(work -> work.points().stream().map(point -> Arguments.of(work, point)));
  }

  @BeforeAll
  static void start() throws Exception {
    registry = new ScriptedRegistry();
    image =
        TestImage.of(
            TestImage.Layer.gzip("lower", "lower"), TestImage.Layer.zstd("upper", "upper"));
    registry.add("app:1", image);
    armed = Files.createTempDirectory("jcompose-crash").resolve("point");
    engine = KilledEngine.start("-Djcompose.crash.file=" + armed);
    pull();
    archive = save();
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      Files.deleteIfExists(armed);
      engine.close();
      Files.delete(armed.getParent());
    }
    if (registry != null) {
      registry.close();
    }
  }

  /** What a failed test left must not fail the next. */
  @AfterEach
  void clear() throws IOException {
    Files.deleteIfExists(armed);
    if (!engine.program.isAlive()) {
      engine.program.startAgain();
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void theNextEngineMendsWhatAStepLeft(Work work, CrashPoint point) throws Exception {
    empty();
    Set<String> before = names(blobs());
    prepare(work);
    Files.writeString(armed, point.name());
    Thread request = Thread.ofPlatform().start(() -> request(work));
    assertThat(engine.program.awaitDeath()).as("the engine comes to " + point).isEqualTo(137);
    Files.delete(armed);
    request.join();
    List<Digest> kept =
        image.layers().stream().filter(blob -> Files.exists(blobs().resolve(blob.hex()))).toList();
    int asked = registry.requests().size();
    engine.program.startAgain();

    assertWhole();
    again(work);
    assertWhole();
    if (work == Work.PULL) {
      List<String> requests = registry.requests().subList(asked, registry.requests().size());
      assertThat(requests.toString())
          .as("what has arrived is not asked for again")
          .doesNotContain(kept.stream().map(Digest::hex).toList());
    }

    // And it can all be made anew and taken away.
    pull();
    assertThat(Digest.of(save())).isEqualTo(Digest.of(archive));
    empty();
    assertWhole();
    assertThat(names(engine.program.state.layers())).isEmpty();
    if (work != Work.COMMIT) {
      // A commit is a new image each time; what the first one left is pruned when it is old.
      assertThat(names(blobs())).isEqualTo(before);
    }
  }

  private static void prepare(Work work) throws IOException {
    switch (work) {
      case PULL, LOAD -> {}
      case COMMIT -> {
        var _ = engine.create("it", "true", "");
      }
      case REMOVE, PRUNE -> pull();
    }
  }

  /** Asks for it; that the engine dies meanwhile is no error here. */
  private static void request(Work work) {
    try {
      again(work);
    } catch (ConnectionLostException | EngineUnreachableException died) {
      // as it should
    }
  }

  private static void again(Work work) {
    try (EngineClient client = engine.program.client()) {
      switch (work) {
        case PULL -> pull();
        case LOAD -> succeed(client.images().load(new ByteArrayInputStream(archive), null));
        case COMMIT -> {
          var _ = client.images().commit("it", COMMITTED, null, null, List.of(), true);
        }
        case REMOVE -> {
          for (ImageSummary each : client.images().list(Map.of())) {
            var _ = client.images().remove(each.id(), true);
          }
        }
        case PRUNE -> {
          var _ = client.images().prune(Map.of("dangling", List.of("false")));
        }
      }
    }
  }

  private static String name() {
    return registry.domain() + "/app";
  }

  private static void pull() {
    try (EngineClient client = engine.program.client()) {
      succeed(client.images().pull(name(), "1", null, Credential.NONE));
    }
  }

  private static byte[] save() throws IOException {
    try (EngineClient client = engine.program.client();
        var answer = client.images().save(List.of(name() + ":1"), null);
        InputStream in = answer.body()) {
      return in.readAllBytes();
    }
  }

  private static void succeed(JsonLines lines) {
    try (lines) {
      for (JsonObject line = lines.next(); line != null; line = lines.next()) {
        assertThat(line.stringOrNull("error")).isNull();
      }
    }
  }

  /** Removes all containers and images. */
  private static void empty() {
    try (EngineClient client = engine.program.client()) {
      for (JsonObject each : engine.containers()) {
        client.containers().remove(each.string("Id"), true, true);
      }
      for (ImageSummary each : client.images().list(Map.of())) {
        var _ = client.images().remove(each.id(), true);
      }
    }
  }

  /** Each image has its layers, each layer directory its record, and nothing is half made. */
  private static void assertWhole() {
    try (EngineClient client = engine.program.client()) {
      Set<String> needed = new TreeSet<>();
      for (ImageSummary each : client.images().list(Map.of())) {
        JsonObject json = client.get(Query.path("images", each.id(), "json"));
        List<Digest> diffIds =
            json.object("RootFS").strings("Layers").stream().map(Digest::parse).toList();
        ChainId.of(diffIds).forEach(chainId -> needed.add(chainId.hex()));
      }
      Path images = engine.program.state.images();
      await()
          .untilAsserted(
              () -> {
                Set<String> layers = names(engine.program.state.layers());
                assertThat(layers).containsAll(needed);
                assertThat(names(images.resolve("layers")))
                    .isEqualTo(
                        layers.stream().map(name -> name + ".json").collect(Collectors.toSet()));
                assertThat(names(blobs())).noneMatch(name -> name.endsWith(".new"));
                assertThat(names(images.resolve("records")))
                    .noneMatch(name -> name.endsWith(".new"));
              });
    }
  }

  private static Path blobs() {
    return engine.program.state.images().resolve("blobs/sha256");
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
