package dev.jcompose.engine.image.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.transfer.PullRequest;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.registry.Registries;
import dev.jcompose.engine.registry.ScriptedRegistry;
import dev.jcompose.engine.registry.TestImage;
import dev.jcompose.engine.registry.TestImage.Layer;
import dev.jcompose.engine.registry.host.RegistrySettings;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullerTest {
  @TempDir Path root;
  private final List<TransferEvent> events = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private ScriptedRegistry registry;
  private ImageStore store;
  private Puller puller;

  @BeforeEach
  void open() throws IOException {
    registry = new ScriptedRegistry();
    store = openStore();
    puller = puller(RegistrySettings.DEFAULTS);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private ImageStore openStore() throws IOException {
    return ImageStore.open(ImagePaths.of(StateDirectory.of(root)), new JnaFileCalls(), event -> {});
  }

  private Puller puller(RegistrySettings settings) {
    return new Puller(new Registries(() -> settings, pauses::add), store, new JnaFileCalls(), 3);
  }

  private Image pull(String name) throws Exception {
    return pull(registry.domain() + "/" + name, null);
  }

  private Image pull(String reference, @Nullable Platform platform) throws Exception {
    return puller.pull(
        new PullRequest(Reference.parse(reference), platform, Credential.NONE), events::add);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static Layer large() {
    return Layer.gzip("large", new String(random(3_000_000), StandardCharsets.ISO_8859_1));
  }

  private List<String> files(Image image) throws IOException {
    List<String> files = new ArrayList<>();
    for (Path layer : image.layerDirectories()) {
      try (Stream<Path> children = Files.list(layer)) {
        children.forEach(child -> files.add(child.getFileName().toString()));
      }
    }
    return files;
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(
              path ->
                  path.getFileName().toString().startsWith(".") || path.toString().endsWith(".new"))
          .toList();
    }
  }

  @Test
  void pullsAnImageWithLayersOfBothCompressions() throws Exception {
    TestImage image = TestImage.of(Layer.gzip("a", "one"), Layer.zstd("b", "two"));
    registry.add("app:1", image);

    Image pulled = pull("app:1");

    assertThat(pulled.id()).isEqualTo(image.configuration().toString());
    assertThat(pulled.repoTags()).containsExactly(registry.domain() + "/app:1");
    assertThat(pulled.repoDigests())
        .containsExactly(registry.domain() + "/app@" + image.manifest().descriptor().digest());
    assertThat(files(pulled)).containsExactly("a", "b");
    assertThat(Files.readString(pulled.layerDirectories().get(1).resolve("b"))).isEqualTo("two");
    assertThat(leftovers()).isEmpty();
    assertThat(events)
        .contains(
            new TransferEvent.Notice("1", "Pulling from " + registry.domain() + "/app"),
            new TransferEvent.Notice(
                "", "Status: Downloaded newer image for " + registry.domain() + "/app:1"));
  }

  @Test
  void asksOnlyForTheDigestWhenTheImageIsThere() throws Exception {
    registry.add("app:1", TestImage.of(Layer.gzip("a", "one")));
    pull("app:1");
    int before = registry.requests("manifests").size();

    pull("app:1");

    List<String> asked = registry.requests("manifests");
    assertThat(asked.subList(before, asked.size())).containsExactly("HEAD /v2/app/manifests/1");
    assertThat(events.getLast())
        .isEqualTo(
            new TransferEvent.Notice(
                "", "Status: Image is up to date for " + registry.domain() + "/app:1"));
  }

  @Test
  void aNewImageUnderAnOldNameFetchesOnlyItsNewLayers() throws Exception {
    registry.add("app:1", TestImage.of(Layer.gzip("a", "one"), Layer.gzip("b", "two")));
    Image old = pull("app:1");
    TestImage next = TestImage.of(Layer.gzip("a", "one"), Layer.gzip("b", "three"));
    registry.add("app:1", next);

    Image fresh = pull("app:1");

    assertThat(fresh.id()).isNotEqualTo(old.id());
    assertThat(registry.requests("/blobs/" + next.layers().get(0))).hasSize(1);
    assertThat(store.byId(Digest.parse(old.id())).orElseThrow().repoTags()).isEmpty();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    TestImage image = TestImage.of(large());
    Digest layer = image.layers().getFirst();
    byte[] blob = image.blob(layer);
    registry.add("app:1", image);
    AtomicInteger cuts = new AtomicInteger();
    registry.script(
        exchange -> {
          boolean first =
              exchange.getRequestURI().getPath().endsWith(layer.toString())
                  && cuts.getAndIncrement() == 0;
          if (first) {
            ScriptedRegistry.cut(exchange, 200, blob, 0, 1_000_000, () -> awaitArrival(layer));
          }
          return first;
        });

    pull("app:1");

    List<String> asked = registry.requests(layer.toString());
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).contains("bytes=").doesNotContain("bytes=0-");
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void goesOnWhereAnEarlierPullEndedAlsoAtARegistryWithoutRanges() throws Exception {
    TestImage image = TestImage.of(large());
    Digest layer = image.layers().getFirst();
    byte[] blob = image.blob(layer);
    registry.add("app:1", image);
    // Of what is there only whole blocks of the disk count.
    Files.write(store.blobs().partial(layer), Arrays.copyOf(blob, 1_234_567));
    registry.script(
        exchange -> {
          boolean mine = exchange.getRequestURI().getPath().endsWith(layer.toString());
          if (mine) {
            exchange.sendResponseHeaders(200, blob.length);
            exchange.getResponseBody().write(blob);
          }
          return mine;
        });
    store = openStore();
    puller = puller(RegistrySettings.DEFAULTS);

    Image pulled = pull("app:1");

    assertThat(registry.requests(layer.toString()))
        .containsExactly("GET /v2/app/blobs/" + layer + " bytes=1232896-");
    assertThat(pulled.layerDirectories().getFirst().resolve("large"))
        .hasBinaryContent(random(3_000_000));
    assertThat(store.blobs().partial(layer)).doesNotExist();
  }

  @Test
  void beginsAnewWhenWhatWasKeptIsDamaged() throws Exception {
    TestImage image = TestImage.of(large());
    Digest layer = image.layers().getFirst();
    byte[] damaged = Arrays.copyOf(image.blob(layer), 1_000_000);
    damaged[500_000] ^= 1;
    registry.add("app:1", image);
    Files.write(store.blobs().partial(layer), damaged);

    pull("app:1");

    assertThat(registry.requests(layer.toString()))
        .containsExactly(
            "GET /v2/app/blobs/" + layer + " bytes=999424-", "GET /v2/app/blobs/" + layer);
  }

  @Test
  void keepsWhatHasArrivedWhenARegistryFailsForGood() throws Exception {
    TestImage image = TestImage.of(large());
    Digest layer = image.layers().getFirst();
    byte[] blob = image.blob(layer);
    registry.add("app:1", image);
    registry.script(
        exchange -> {
          boolean mine = exchange.getRequestURI().getPath().endsWith(layer.toString());
          if (mine) {
            boolean part = exchange.getRequestHeaders().containsKey("Range");
            ScriptedRegistry.cut(
                exchange,
                part ? 206 : 200,
                blob,
                part ? 700_000 : 0,
                700_000,
                () -> awaitArrival(layer));
          }
          return mine;
        });

    assertThatThrownBy(() -> pull("app:1"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("broke off")
        .hasMessageContaining("is kept");

    assertThat(Files.size(store.blobs().partial(layer))).isBetween(1L, 700_000L);
    assertThat(leftovers()).isEmpty();
    assertThat(store.list()).isEmpty();
  }

  @Test
  void refusesALayerWithTheWrongDigestAndKeepsNothingOfIt() throws Exception {
    TestImage image = TestImage.of(large());
    Digest layer = image.layers().getFirst();
    byte[] wrong = image.blob(layer).clone();
    wrong[wrong.length / 2] ^= 1;
    registry.add("app:1", image);
    registry.blob(layer, wrong);

    assertThatThrownBy(() -> pull("app:1")).hasMessageContaining("arrived with the digest");

    assertThat(store.blobs().has(layer)).isFalse();
    assertThat(store.blobs().partial(layer)).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void refusesALayerThatUnpacksToSomethingElse() throws Exception {
    TestImage one = TestImage.of(Layer.gzip("a", "one"));
    TestImage other = TestImage.of(Layer.gzip("a", "other"));
    TestImage mixed =
        new TestImage(one.manifest(), Map.copyOf(one.blobs()), one.layers(), one.configuration());
    registry.add("app:1", mixed);
    // A manifest that names one image's configuration and another's layer.
    String text = new String(one.manifest().bytes(), StandardCharsets.UTF_8);
    Digest otherLayer = other.layers().getFirst();
    byte[] forged =
        text.replace(one.layers().getFirst().toString(), otherLayer.toString())
            .replaceAll(
                "(" + otherLayer + "\",\"size\":)\\d+", "$1" + other.blob(otherLayer).length)
            .getBytes(StandardCharsets.UTF_8);
    registry.blob(otherLayer, other.blob(otherLayer));
    registry.script(
        exchange -> {
          boolean manifest = exchange.getRequestURI().getPath().contains("manifests");
          if (manifest) {
            exchange.getResponseHeaders().set("Content-Type", MediaTypes.MANIFEST);
            ScriptedRegistry.answer(exchange, 200, new String(forged, StandardCharsets.UTF_8));
          }
          return manifest;
        });

    assertThatThrownBy(() -> pull("app:1")).hasMessageContaining("should unpack to");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void refusesAManifestThatIsNotTheOneAskedFor() {
    TestImage image = TestImage.of(Layer.gzip("a", "one"));
    registry.add("app:1", image);
    registry.script(
        exchange -> {
          boolean get =
              exchange.getRequestMethod().equals("GET")
                  && exchange.getRequestURI().getPath().contains("manifests");
          if (get) {
            exchange.getResponseHeaders().set("Content-Type", MediaTypes.MANIFEST);
            ScriptedRegistry.answer(exchange, 200, "{}");
          }
          return get;
        });

    assertThatThrownBy(() -> pull("app:1")).hasMessageContaining("came with the digest");
  }

  @Test
  void triesAgainWhenTheRegistryIsBusyAndWaitsAsLongAsItSays() throws Exception {
    registry.add("app:1", TestImage.of(Layer.gzip("a", "one")));
    AtomicInteger refusals = new AtomicInteger();
    registry.script(
        exchange -> {
          int number = refusals.getAndIncrement();
          if (number < 3) {
            if (number == 0) {
              exchange.getResponseHeaders().set("Retry-After", "7");
            }
            ScriptedRegistry.answer(exchange, number == 0 ? 429 : 503, "busy");
          }
          return number < 3;
        });

    pull("app:1");

    assertThat(pauses).contains(Duration.ofSeconds(7)).hasSize(3);
  }

  @Test
  void tellsRateLimitsInWords() {
    registry.script(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          exchange.getResponseHeaders().set("ratelimit-limit", "100;w=21600");
          exchange.getResponseHeaders().set("docker-ratelimit-source", "192.0.2.7");
          ScriptedRegistry.error(exchange, 429, "TOOMANYREQUESTS", "slow down");
          return true;
        });

    assertThatThrownBy(() -> pull("app:1"))
        .hasMessageContaining("allows 100 pulls in 6 hours for 192.0.2.7")
        .hasMessageContaining("docker login")
        .hasMessageContaining("registry-mirrors");
  }

  @Test
  void tellsThatThereIsNoSuchImage() {
    assertThatThrownBy(() -> pull("app:nosuch"))
        .hasMessageContaining("manifest for " + registry.domain() + "/app:nosuch not found")
        .hasMessageContaining("manifest unknown")
        .satisfies(
            problem ->
                assertThat(((ImageException) problem).kind())
                    .isEqualTo(ImageException.Kind.NOT_FOUND));
  }

  @Test
  void withoutANetworkItNamesTheOtherWaysToAnImage() {
    String closed = registry.domain();
    registry.close();

    assertThatThrownBy(() -> pull(closed + "/app:1", null))
        .hasMessageContaining(closed + " cannot be reached")
        .hasMessageContaining("image from-host")
        .hasMessageContaining("image load");
    assertThat(pauses).isEmpty();
  }

  @Test
  void takesTheImageForThisPlatformOutOfAnIndexAndNoAttestation() throws Exception {
    TestImage here = TestImage.of(Layer.gzip("a", "here"));
    TestImage there = TestImage.of(new Platform("linux", "s390x", ""), Layer.gzip("a", "there"));
    registry.add("app:here", here);
    registry.add("app:there", there);
    Descriptor attestation =
        new Descriptor(
            MediaTypes.MANIFEST,
            Digest.of("attestation"),
            7,
            new Platform("unknown", "unknown", ""),
            "",
            Map.of("vnd.docker.reference.type", "attestation-manifest"));
    var index =
        registry.addIndex(
            "app:1",
            List.of(attestation, there.manifest().descriptor(), here.manifest().descriptor()));

    Image pulled = pull("app:1");
    Image other = pull(registry.domain() + "/app:1", Platform.parse("linux/s390x"));

    assertThat(pulled.id()).isEqualTo(here.configuration().toString());
    assertThat(pulled.repoDigests())
        .containsExactly(registry.domain() + "/app@" + index.descriptor().digest());
    assertThat(other.id()).isEqualTo(there.configuration().toString());
    assertThatThrownBy(() -> pull(registry.domain() + "/app:1", Platform.parse("linux/riscv64")))
        .hasMessageContaining("no matching manifest for linux/riscv64")
        .hasMessageContaining("linux/s390x");
  }

  @Test
  void warnsAboutAnImageForAnotherPlatformAndRefusesItWhenThatWasNamed() throws Exception {
    registry.add(
        "app:1", TestImage.of(new Platform("linux", "s390x", ""), Layer.gzip("a", "there")));

    assertThatThrownBy(() -> pull(registry.domain() + "/app:1", Platform.host()))
        .hasMessageContaining("does not match the specified platform");
    pull("app:1");

    assertThat(events)
        .anySatisfy(
            event ->
                assertThat(event.toString()).contains("does not match the detected host platform"));
  }

  @Test
  void pullsAtTheSameTimeFetchASharedLayerOnce() throws Exception {
    Layer shared = large();
    TestImage one = TestImage.of(shared, Layer.gzip("one", "1"));
    TestImage two = TestImage.of(shared, Layer.gzip("two", "2"));
    registry.add("one:1", one);
    registry.add("two:1", two);
    Digest layer = one.layers().getFirst();
    CountDownLatch both = new CountDownLatch(2);
    registry.script(
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith(layer.toString())) {
            try {
              // The blob comes when both pulls have read their manifests.
              both.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          } else if (exchange.getRequestMethod().equals("GET")
              && exchange.getRequestURI().getPath().contains("manifests")) {
            both.countDown();
          }
          return false;
        });

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Image> first = new CompletableFuture<>();
      Future<Boolean> submitted = executor.submit(() -> first.complete(pull("one:1")));
      Image second = pull("two:1");
      assertThat(first.get().layerDirectories().getFirst())
          .isEqualTo(second.layerDirectories().getFirst());
      assertThat(submitted.get()).isTrue();
    }

    assertThat(registry.requests(layer.toString())).hasSize(1);
  }

  @Test
  void aPullThatIsGivenUpLeavesNothingButWhatItHasFetched() throws Exception {
    TestImage image = TestImage.of(large());
    Digest layer = image.layers().getFirst();
    byte[] blob = image.blob(layer);
    registry.add("app:1", image);
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    registry.script(
        exchange -> {
          boolean mine = exchange.getRequestURI().getPath().endsWith(layer.toString());
          if (mine) {
            exchange.sendResponseHeaders(200, blob.length);
            exchange.getResponseBody().write(blob, 0, 2_000_000);
            exchange.getResponseBody().flush();
            half.countDown();
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          return mine;
        });
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread pulling =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    pull("app:1");
                  } catch (Throwable e) {
                    outcome.complete(e);
                  }
                });
    half.await();
    awaitArrival(layer);

    pulling.interrupt();

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    end.countDown();
    assertThat(leftovers()).isEmpty();
    assertThat(store.list()).isEmpty();
    assertThat(store.blobs().partial(layer)).exists();
  }

  @Test
  void asksTheMirrorFirstAndDockerHubsOwnNameIsKept() throws Exception {
    TestImage image = TestImage.of(Layer.gzip("a", "one"));
    registry.add("library/app:latest", image);
    puller =
        puller(
            new RegistrySettings(
                List.of("http://" + registry.domain() + "/"),
                List.of(),
                RegistrySettings.DEFAULTS.proxies(),
                List.of(),
                3,
                3,
                2));

    Image pulled = pull("app", null);

    assertThat(pulled.repoTags()).containsExactly("app:latest");
    assertThat(registry.requests()).allMatch(request -> request.contains("/v2/library/app/"));
  }

  @Test
  void plainHttpGoesThroughTheProxyOfTheEnvironmentUnlessTheHostIsAnException() throws Exception {
    registry.add("team/app:1", TestImage.of(Layer.gzip("a", "one")));
    List<String> shown = new CopyOnWriteArrayList<>();
    registry.script(
        exchange -> {
          shown.add(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          return false;
        });
    Path settings = Files.createDirectories(root.resolve("settings"));
    Files.writeString(
        settings.resolve("engine.json"),
        "{\"insecure-registries\":[\"registry.invalid\",\"near.invalid\"],\"max-download-attempts\":1}");
    puller =
        puller(
            RegistrySettings.read(
                List.of(settings),
                Map.of(
                    "http_proxy",
                    "http://anna:secret@" + registry.domain(),
                    "NO_PROXY",
                    "other,.near.invalid,near.invalid")));

    Image image = pull("registry.invalid/team/app:1", null);

    assertThat(image.repoTags()).containsExactly("registry.invalid/team/app:1");
    assertThat(registry.requests("http://registry.invalid/v2/team/app/"))
        .hasSameSizeAs(registry.requests())
        .isNotEmpty();
    // anna:secret
    assertThat(shown).containsOnly("Basic YW5uYTpzZWNyZXQ=");
    int before = registry.requests().size();
    assertThatThrownBy(() -> pull("near.invalid/team/app:1", null))
        .hasMessageContaining("registry near.invalid cannot be reached");
    assertThat(registry.requests()).hasSize(before);
  }

  @Test
  void anArtifactThatIsNoImageIsRefused() {
    TestImage image = TestImage.of(Layer.gzip("a", "one"));
    registry.add("chart:1", image);
    String manifest =
        new String(image.manifest().bytes(), StandardCharsets.UTF_8)
            .replace(MediaTypes.CONFIG, "application/vnd.cncf.helm.config.v1+json");
    registry.script(
        exchange -> {
          boolean mine = exchange.getRequestURI().getPath().contains("manifests");
          if (mine) {
            exchange.getResponseHeaders().set("Content-Type", MediaTypes.MANIFEST);
            ScriptedRegistry.answer(exchange, 200, manifest);
          }
          return mine;
        });

    assertThatThrownBy(() -> pull("chart:1"))
        .hasMessageContaining("is not an image to run")
        .hasMessageContaining("helm");
  }

  @Test
  void getsATokenWithTheLoginAndShowsTheLoginToNobodyElse() throws Exception {
    registry.add("app:1", TestImage.of(Layer.gzip("a", "one")));
    List<String> shown = new ArrayList<>();
    registry.script(
        exchange -> {
          String header = exchange.getRequestHeaders().getFirst("Authorization");
          if (exchange.getRequestURI().getPath().equals("/token")) {
            shown.add(exchange.getRequestURI().getQuery() + " " + header);
            ScriptedRegistry.answer(exchange, 200, "{\"token\": \"good\", \"expires_in\": 300}");
            return true;
          }
          if ("Bearer good".equals(header)) {
            return false;
          }
          exchange
              .getResponseHeaders()
              .set(
                  "WWW-Authenticate",
                  "Bearer realm=\"http://%s/token\",service=\"s\",scope=\"repository:app:pull\""
                      .formatted(registry.domain()));
          ScriptedRegistry.error(exchange, 401, "UNAUTHORIZED", "who are you");
          return true;
        });

    puller.pull(
        new PullRequest(
            Reference.parse(registry.domain() + "/app:1"), null, Credential.of("anna", "secret")),
        events::add);

    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst())
        .contains("scope=repository:app:pull")
        .contains("service=s")
        .endsWith(" Basic YW5uYTpzZWNyZXQ=");
  }

  @Test
  void aRedirectToAnotherHostIsFollowedWithoutTheLogin() throws Exception {
    TestImage image = TestImage.of(Layer.gzip("a", "one"));
    registry.add("app:1", image);
    List<String> carried = new ArrayList<>();
    try (ScriptedRegistry other = new ScriptedRegistry()) {
      other.add("app:1", image);
      other.script(
          exchange -> {
            carried.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            return false;
          });
      registry.script(
          exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
              exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
              ScriptedRegistry.answer(exchange, 401, "");
              return true;
            }
            String path = exchange.getRequestURI().getPath();
            boolean blob = path.contains("/blobs/");
            if (blob) {
              exchange.getResponseHeaders().set("Location", "http://" + other.domain() + path);
              ScriptedRegistry.answer(exchange, 307, "");
            }
            return blob;
          });

      puller.pull(
          new PullRequest(
              Reference.parse(registry.domain() + "/app:1"), null, Credential.of("anna", "secret")),
          events::add);

      assertThat(other.requests("/blobs/")).hasSize(2);
      assertThat(carried).isEmpty();
    }
  }

  private void awaitArrival(Digest layer) {
    Path partial = store.blobs().partial(layer);
    await().until(() -> Files.exists(partial) && Files.size(partial) > 0);
  }
}
