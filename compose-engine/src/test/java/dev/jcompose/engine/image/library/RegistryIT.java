package dev.jcompose.engine.image.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.host.HostImages;
import dev.jcompose.engine.image.make.Addition;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.image.transfer.PullRequest;
import dev.jcompose.engine.image.transfer.PushRequest;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.registry.DebianRegistry;
import dev.jcompose.engine.registry.TunnelProxy;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Debian's docker-registry, with skopeo as a second client. */
class RegistryIT {
  @TempDir Path folder;
  private ImageStore store;
  private RegistryTransfers transfers;
  private final List<TransferEvent> events = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    assumeTrue(
        Files.isWritable(Path.of("/proc/sysrq-trigger"))
            || "root".equals(System.getProperty("user.name")),
        "layers with owners are unpacked by root only");
    assumeTrue(DebianRegistry.isInstalled(), "docker-registry is not installed; see .ci/run");
    use(folder.resolve("root"));
  }

  private void use(Path root) throws IOException {
    StateDirectory state = StateDirectory.of(root);
    store = ImageStore.open(ImagePaths.of(state), new JnaFileCalls(), event -> {});
    HostImages host =
        new HostImages(store, new JnaFileCalls(), Path.of(System.getProperty("java.home")));
    transfers = new RegistryTransfers(state, store, new JnaFileCalls(), host);
  }

  /** An image made here, whose layers have never been archives. */
  private Image make(String name, String... files) throws Exception {
    LayerMaker maker = new LayerMaker(store.layers(), new JnaFileCalls());
    try (Lease lease = store.layers().lease()) {
      List<Addition> additions = new ArrayList<>();
      Digest parent = null;
      for (String file : files) {
        Path staged = store.layers().stage();
        Files.createDirectories(staged.resolve("dir"));
        Files.writeString(staged.resolve("dir").resolve(file), file.repeat(10_000));
        Files.setAttribute(staged.resolve("dir").resolve(file), "unix:uid", 7);
        Files.createSymbolicLink(staged.resolve("link-" + file), Path.of("dir", file));
        Layer layer = maker.adopt(staged, parent, lease);
        parent = layer.chainId();
        additions.add(
            new Addition(
                layer, new Configuration.Step(Instant.EPOCH, "make " + file, "", "", false)));
      }
      Image image =
          new ImageMaker(store).make(null, ImageConfig.EMPTY, additions, Instant.EPOCH, "");
      return store.tag(Digest.parse(image.id()), Reference.parse(name));
    }
  }

  private Digest push(String name, Credential credential) throws Exception {
    return transfers.push(new PushRequest(Reference.parse(name), credential), events::add);
  }

  private Image pull(String name, Credential credential) throws Exception {
    return transfers.pull(new PullRequest(Reference.parse(name), null, credential), events::add);
  }

  /** Names, owners, modes, link texts and contents. */
  private static List<String> tree(Image image) throws IOException {
    List<String> all = new ArrayList<>();
    for (Path layer : image.layerDirectories()) {
      TreeMap<String, String> files = new TreeMap<>();
      try (Stream<Path> paths = Files.walk(layer)) {
        for (Path path : paths.toList()) {
          String content =
              Files.isSymbolicLink(path)
                  ? Files.readSymbolicLink(path).toString()
                  : Files.isRegularFile(path) ? Digest.of(Files.readAllBytes(path)).hex() : "";
          files.put(
              layer.relativize(path).toString(),
              Files.readAttributes(
                      path, "unix:uid,gid,mode", java.nio.file.LinkOption.NOFOLLOW_LINKS)
                  + content);
        }
      }
      all.add(files.toString());
    }
    return all;
  }

  private static void awaitRequest(DebianRegistry registry, String text) {
    Awaitility.await().until(() -> registry.requests().anyMatch(request -> request.contains(text)));
  }

  @Test
  void whatIsPushedComesBackAsTheSameImage() throws Exception {
    try (DebianRegistry registry = DebianRegistry.plain(folder.resolve("registry"))) {
      String name = registry.domain() + "/team/app:1";
      Image made = make(name, "one", "two");
      List<String> before = tree(made);

      Digest digest = push(name, Credential.NONE);
      use(folder.resolve("other"));
      Image pulled = pull(name, Credential.NONE);

      assertThat(pulled.id()).isEqualTo(made.id());
      assertThat(pulled.diffIds()).isEqualTo(made.diffIds());
      assertThat(pulled.repoDigests()).containsExactly(registry.domain() + "/team/app@" + digest);
      assertThat(tree(pulled)).isEqualTo(before);
      assertThat(pull(registry.domain() + "/team/app@" + digest, Credential.NONE).id())
          .isEqualTo(made.id());
    }
  }

  @Test
  void pushingAnUnchangedImageAgainSendsNoBlob() throws Exception {
    try (DebianRegistry registry = DebianRegistry.plain(folder.resolve("registry"))) {
      String name = registry.domain() + "/app:1";
      make(name, "one", "two");
      Digest first = push(name, Credential.NONE);
      awaitRequest(registry, "PUT /v2/app/manifests/1");
      registry.forgetRequests();

      Digest second = push(name, Credential.NONE);
      awaitRequest(registry, "PUT /v2/app/manifests/1");

      assertThat(second).isEqualTo(first);
      assertThat(registry.requests())
          .noneMatch(request -> request.startsWith("POST") || request.startsWith("PATCH"))
          .noneMatch(request -> request.startsWith("PUT") && request.contains("/blobs/"));
    }
  }

  @Test
  void severalNamesPushedAtOnceSendEachBlobOnce() throws Exception {
    try (DebianRegistry registry = DebianRegistry.plain(folder.resolve("registry"));
        ExecutorService pushes = Executors.newVirtualThreadPerTaskExecutor()) {
      String repository = registry.domain() + "/app:";
      Image made = make(repository + "0", "one", "two");
      List<Future<Digest>> digests = new ArrayList<>();
      for (int tag = 0; tag < 4; tag++) {
        Reference name = Reference.parse(repository + tag);
        store.tag(Digest.parse(made.id()), name);
        digests.add(
            pushes.submit(
                () -> transfers.push(new PushRequest(name, Credential.NONE), event -> {})));
      }

      for (int tag = 0; tag < 4; tag++) {
        assertThat(digests.get(tag).get()).isEqualTo(digests.getFirst().get());
        awaitRequest(registry, "PUT /v2/app/manifests/" + tag);
      }
      assertThat(
              registry
                  .requests()
                  .filter(request -> request.startsWith("PUT") && request.contains("/blobs/")))
          .as("two layers and the configuration")
          .hasSize(3);
    }
  }

  @Test
  void aLayerIsMountedFromAnotherRepositoryOfTheSameRegistry() throws Exception {
    try (DebianRegistry registry = DebianRegistry.plain(folder.resolve("registry"))) {
      String name = registry.domain() + "/app:1";
      Image made = make(name, "one", "two");
      push(name, Credential.NONE);
      String other = registry.domain() + "/copy/of/app:2";
      store.tag(Digest.parse(made.id()), Reference.parse(other));
      events.clear();

      Digest digest = push(other, Credential.NONE);

      assertThat(events)
          .filteredOn(
              event ->
                  event instanceof TransferEvent.Layer layer
                      && layer.phase() == TransferEvent.Phase.MOUNTED)
          .hasSize(2);
      use(folder.resolve("other"));
      assertThat(pull(other, Credential.NONE).id()).isEqualTo(made.id());
      assertThat(events).contains(new TransferEvent.Notice("", "Digest: " + digest));
    }
  }

  @Test
  void skopeoSeesTheSameDigestsAndItsImagesCanBePulled() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skopeo is not installed");
    try (DebianRegistry registry = DebianRegistry.plain(folder.resolve("registry"))) {
      String name = registry.domain() + "/app:1";
      Image made = make(name, "one", "two");
      Digest digest = push(name, Credential.NONE);

      String seen =
          DebianRegistry.run(null, "skopeo", "inspect", "--tls-verify=false", "docker://" + name);
      for (String compression : List.of("gzip", "zstd")) {
        DebianRegistry.run(
            null,
            "skopeo",
            "copy",
            "--src-tls-verify=false",
            "--dest-tls-verify=false",
            "--format=oci",
            "--dest-compress-format=" + compression,
            "docker://" + name,
            "dir:" + folder.resolve(compression));
        DebianRegistry.run(
            null,
            "skopeo",
            "copy",
            "--dest-tls-verify=false",
            "dir:" + folder.resolve(compression),
            "docker://" + registry.domain() + "/app:" + compression);
      }
      use(folder.resolve("other"));

      assertThat(seen).contains(digest.toString());
      assertThat(pull(registry.domain() + "/app:zstd", Credential.NONE).id()).isEqualTo(made.id());
      assertThat(pull(registry.domain() + "/app:gzip", Credential.NONE).id()).isEqualTo(made.id());
    }
  }

  @Test
  void dockerAndThisEngineGiveEachOtherTheSameImages() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/dockerd")), "docker.io is not installed");
    Path own = Files.createDirectories(folder.resolve("docker"));
    String host = "unix://" + own.resolve("docker.sock");
    try (DebianRegistry registry = DebianRegistry.plain(folder.resolve("registry"))) {
      Process dockerd =
          new ProcessBuilder(
                  "/usr/sbin/dockerd",
                  "--data-root=" + own.resolve("data"),
                  "--exec-root=" + own.resolve("exec"),
                  "--pidfile=" + own.resolve("pid"),
                  "--host=" + host,
                  "--iptables=false",
                  "--bridge=none")
              .redirectErrorStream(true)
              .redirectOutput(own.resolve("log").toFile())
              .start();
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> Files.exists(own.resolve("docker.sock")) || !dockerd.isAlive());
        assumeTrue(dockerd.isAlive(), "dockerd does not start here");
        String name = registry.domain() + "/app:1";
        Image made = make(name, "one", "two");
        push(name, Credential.NONE);
        List<String> before = tree(made);

        DebianRegistry.run(null, "docker", "-H", host, "pull", "-q", name);
        String id =
            DebianRegistry.run(
                null, "docker", "-H", host, "image", "inspect", "--format", "{{.Id}}", name);
        String back = registry.domain() + "/back:1";
        DebianRegistry.run(null, "docker", "-H", host, "tag", name, back);
        DebianRegistry.run(null, "docker", "-H", host, "push", "-q", back);
        use(folder.resolve("other"));
        Image pulled = pull(back, Credential.NONE);

        assertThat(id.strip()).isEqualTo(made.id());
        assertThat(pulled.id()).isEqualTo(made.id());
        assertThat(tree(pulled)).isEqualTo(before);
      } finally {
        dockerd.destroy();
        dockerd.waitFor();
      }
    }
  }

  @Test
  void aRegistryWithPasswordsTakesTheRightOneOnly() throws Exception {
    Path passwords = folder.resolve("htpasswd");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/htpasswd")), "apache2-utils is not installed");
    DebianRegistry.run(null, "htpasswd", "-Bbc", passwords.toString(), "anna", "secret");
    try (DebianRegistry registry =
        DebianRegistry.withPasswords(folder.resolve("registry"), passwords)) {
      String name = registry.domain() + "/app:1";
      make(name, "one");
      Credential right = Credential.of("anna", "secret");
      Credential wrong = Credential.of("anna", "guess");

      assertDenied(() -> push(name, Credential.NONE), "docker login " + registry.domain());
      assertDenied(() -> push(name, wrong), "log in as somebody who may");
      push(name, right);
      assertDenied(() -> pull(name, wrong), "log in as somebody who may");
      pull(name, right);
      transfers.login(registry.domain(), right);
      assertDenied(
          () -> {
            transfers.login(registry.domain(), wrong);
            return null;
          },
          "denied");
    }
  }

  private interface Work {
    @Nullable Object run() throws Exception;
  }

  private static void assertDenied(Work work, String next) {
    assertThatThrownBy(work::run)
        .hasMessageContaining(next)
        .satisfies(
            problem ->
                assertThat(((ImageException) problem).kind())
                    .isEqualTo(ImageException.Kind.DENIED));
  }

  @Test
  void aRegistryWithACertificateOfAnOwnAuthorityIsTrustedWhenThatIsKnown() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    Path right = authority("right");
    Path wrong = authority("wrong");
    try (DebianRegistry registry =
        DebianRegistry.withTls(
            folder.resolve("registry"), right.resolve("server.crt"), right.resolve("server.key"))) {
      String name = registry.domain() + "/app:1";
      make(name, "one");
      Path known = folder.resolve("root/certs.d").resolve(registry.domain()).resolve("ca.crt");
      Files.createDirectories(known.getParent());

      Files.copy(wrong.resolve("ca.crt"), known);
      assertThatThrownBy(() -> push(name, Credential.NONE))
          .hasMessageContaining("no TLS with " + registry.domain())
          .hasMessageContaining("certs.d");
      Files.copy(right.resolve("ca.crt"), known, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      push(name, Credential.NONE);

      assertThat(pull(name, Credential.NONE).repoTags()).contains(name);
    }
  }

  @Test
  void aClientCertificateIsShownToTheRegistryItLiesBeside() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    Path own = authority("own");
    try (DebianRegistry registry =
        DebianRegistry.withTlsForKnownClients(
            folder.resolve("registry"),
            own.resolve("server.crt"),
            own.resolve("server.key"),
            own.resolve("ca.crt"))) {
      String name = registry.domain() + "/app:1";
      make(name, "one");
      Path known =
          Files.createDirectories(folder.resolve("root/certs.d").resolve(registry.domain()));
      Files.copy(own.resolve("ca.crt"), known.resolve("ca.crt"));
      assertThatThrownBy(() -> push(name, Credential.NONE)).hasMessageContaining(registry.domain());

      Files.copy(own.resolve("server.crt"), known.resolve("client.cert"));
      Files.copy(own.resolve("server.key"), known.resolve("client.key"));
      push(name, Credential.NONE);

      assertThat(pull(name, Credential.NONE).repoTags()).contains(name);
    }
  }

  @Test
  void aProxyLeadsToARegistryThatOnlyItCanReach() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    Path own = authority("own");
    try (DebianRegistry registry =
            DebianRegistry.withTls(
                folder.resolve("registry"), own.resolve("server.crt"), own.resolve("server.key"));
        TunnelProxy proxy = new TunnelProxy(registry.domain())) {
      String name = "registry.test/team/app:1";
      Image made = make(name, "one", "two");
      Path root = folder.resolve("root");
      Path known = Files.createDirectories(root.resolve("certs.d/registry.test"));
      Files.copy(own.resolve("ca.crt"), known.resolve("ca.crt"));
      Files.writeString(
          root.resolve("engine.json"),
          "{\"proxies\":{\"https-proxy\":\"http://anna:se%40cret@" + proxy.domain() + "\"}}");

      push(name, Credential.NONE);
      use(folder.resolve("other"));
      Files.createDirectories(folder.resolve("other/certs.d/registry.test"));
      Files.copy(
          own.resolve("ca.crt"), folder.resolve("other/certs.d/registry.test").resolve("ca.crt"));
      Files.copy(root.resolve("engine.json"), folder.resolve("other/engine.json"));

      assertThat(pull(name, Credential.NONE).id()).isEqualTo(made.id());
      assertThat(proxy.requests())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT registry.test:443 HTTP/1.1\r\n"))
          // anna:se@cret
          .allMatch(head -> head.contains("Proxy-Authorization: Basic YW5uYTpzZUBjcmV0\r\n"));
    }
  }

  private Path authority(String name) throws Exception {
    Path directory = Files.createDirectories(folder.resolve(name));
    DebianRegistry.run(
        directory,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name + " authority",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt");
    DebianRegistry.run(
        directory,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=registry",
        "-addext",
        "subjectAltName=IP:127.0.0.1,DNS:registry.test",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-keyout",
        "server.key",
        "-out",
        "server.crt");
    return directory;
  }
}
