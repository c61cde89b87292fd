package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.daemon.DockerClient.Outcome;
import dev.jcompose.engine.daemon.DockerClient.Running;
import dev.jcompose.engine.registry.DebianRegistry;
import dev.jcompose.engine.state.FileTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own client against this engine: framing, status codes and texts as it wants them. */
class DockerClientIT {
  private static final String IMAGE = "jcompose/base";

  @TempDir private static Path directory;
  private static Path root = Path.of("/nonexistent");
  private static EngineProgram engine;
  private static DockerClient docker;

  @BeforeAll
  static void start() throws Exception {
    docker = new DockerClient(Path.of("/nonexistent"), directory);
    root = Files.createTempDirectory("jcompose-docker");
    engine = EngineProgram.start(root);
    docker = new DockerClient(engine.state.socket(), directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
      FileTrees.delete(root);
    }
  }

  @AfterEach
  void removeContainers() {
    engine.removeContainers();
  }

  private static String sleeper(String name, String... options) throws Exception {
    String[] command = new String[options.length + 6];
    command[0] = "run";
    command[1] = "-d";
    command[2] = "--name=" + name;
    System.arraycopy(options, 0, command, 3, options.length);
    command[options.length + 3] = IMAGE;
    command[options.length + 4] = "sleep";
    command[options.length + 5] = "300";
    return docker.run(command);
  }

  @Test
  void agreesOnAVersion() throws Exception {
    assertThat(
            docker.run("version", "--format", "{{.Client.APIVersion}} {{.Server.MinAPIVersion}}"))
        .isEqualTo("1.47 1.24");
    assertThat(docker.run("info", "--format", "{{.OSType}} {{.Swarm.LocalNodeState}}"))
        .isEqualTo("linux inactive");
  }

  @Test
  void runsAttachedWithStreamsApartAndTheExitCode() throws Exception {
    Outcome outcome =
        docker.attempt("run", "--rm", IMAGE, "sh", "-c", "echo out; echo err >&2; exit 3");
    assertThat(outcome).isEqualTo(new Outcome(3, "out\n", "err\n"));
    assertThat(docker.run("ps", "-aq")).isEmpty();
  }

  @Test
  void mountsAPartOfAnImageThroughRestartsOfContainerAndEngine() throws Exception {
    docker.run("run", "--name=maker", IMAGE, "sh", "-c", "mkdir /d; echo here >/d/f");
    docker.run("commit", "maker", "assets:1");
    docker.run("rm", "maker");
    String mount = "--mount=type=image,source=assets:1,destination=/img,image-subpath=d";
    sleeper("mounting", mount, "--stop-timeout=0");
    assertThat(docker.run("exec", "mounting", "cat", "/img/f")).isEqualTo("here");
    assertThat(docker.attempt("exec", "mounting", "touch", "/img/g").err())
        .contains("Read-only file system");
    assertThat(
            docker.run(
                "inspect",
                "-f",
                "{{range .Mounts}}{{.Type}} {{.Source}} {{.Destination}} {{.RW}}{{end}}"
                    + " {{json .HostConfig.Mounts}}",
                "mounting"))
        .isEqualTo(
            "image assets:1 /img false [{\"Type\":\"image\",\"Source\":\"assets:1\",\"Target\":"
                + "\"/img\",\"ReadOnly\":true,\"ImageOptions\":{\"Subpath\":\"d\"}}]");
    assertThat(docker.attempt("image", "rm", "assets:1").err()).contains("conflict");
    docker.run("image", "prune", "-af");

    engine.killAndStartAgain();
    assertThat(docker.run("exec", "mounting", "cat", "/img/f")).isEqualTo("here");
    assertThat(docker.attempt("image", "rm", "assets:1").err()).contains("conflict");
    docker.run("restart", "mounting");
    assertThat(docker.run("exec", "mounting", "cat", "/img/f")).isEqualTo("here");
    Outcome taken =
        docker.attempt(
            "run",
            "--privileged",
            "--volumes-from=mounting",
            IMAGE,
            "sh",
            "-c",
            "cat /img/f; touch /img/g 2>/dev/null || echo kept");
    assertThat(taken).isEqualTo(new Outcome(0, "here\nkept\n", ""));
    engine.removeContainers();
    docker.run("image", "rm", "assets:1");
  }

  @Test
  void tellsProgramsThatAreMissingFromThoseThatCannotRun() throws Exception {
    assertThat(docker.attempt("run", "--rm", IMAGE, "nosuch").code()).isEqualTo(127);
    assertThat(docker.attempt("run", "--rm", IMAGE, "/etc").code()).isEqualTo(126);
    assertThat(docker.attempt("run", "--rm", "--network=nosuch", IMAGE, "true").code())
        .isEqualTo(125);
    assertThat(docker.run("ps", "-aq")).isEmpty();
  }

  /** A client that has attached and waits already when the start fails must not wait for ever. */
  @Test
  void aStartThatFailsLetsTheClientGoWithTheCodeOfTheEngine() throws Exception {
    sleeper("holder", "-p", "127.0.0.1::80");
    String taken = docker.run("port", "holder", "80").strip();
    for (String mode : List.of("-i", "-t", "-d")) {
      Outcome kept = docker.attempt("run", mode, "--name=late", "-p", taken + ":80", IMAGE, "true");
      assertThat(kept.code()).as("%s: %s", mode, kept).isEqualTo(125);
      assertThat(kept.err()).contains("port is already allocated").contains(taken);
      assertThat(docker.run("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "late"))
          .isEqualTo("created 128");
      assertThat(docker.attempt("start", "-a", "late").code()).as(mode).isEqualTo(1);
      docker.run("rm", "late");
    }
    Outcome removed =
        docker.attempt("run", "--rm", "--name=late", "-p", taken + ":80", IMAGE, "true");
    assertThat(removed.code()).isEqualTo(125);
    await().until(() -> docker.run("ps", "-aq", "-f", "name=late").isEmpty());
  }

  @Test
  void passesInputOnToItsEnd() throws Exception {
    String lines = "line\n".repeat(100_000);
    assertThat(docker.attemptWith(lines, "run", "--rm", "-i", IMAGE, "cat"))
        .isEqualTo(new Outcome(0, lines, ""));
  }

  @Test
  void listsContainersWithTheirStatusInDockersWords() throws Exception {
    sleeper("web", "-p", "127.0.0.1::80", "--label", "a=b");
    docker.run("create", "--name", "fresh", IMAGE, "true");
    docker.attempt("run", "--name", "failed", IMAGE, "sh", "-c", "exit 9");
    List<String> lines =
        docker.run("ps", "-a", "--format", "{{.Names}}: {{.Status}}").lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("failed: Exited \\(9\\) .* ago");
    assertThat(lines.get(1)).isEqualTo("fresh: Created");
    assertThat(lines.get(2)).matches("web: Up .*");
    assertThat(docker.run("ps", "--format", "{{.Names}} {{.Ports}}"))
        .matches("web 127.0.0.1:\\d+->80/tcp");
    assertThat(docker.run("ps", "-aq", "--filter", "label=a=b")).hasSize(12);
    assertThat(docker.run("ps", "-a", "--filter", "status=exited", "--format", "{{.Names}}"))
        .isEqualTo("failed");
    assertThat(docker.run("ps", "-a", "--filter", "exited=9", "--format", "{{.Names}}"))
        .isEqualTo("failed");
    assertThat(docker.run("ps", "--filter", "ancestor=" + IMAGE, "--format", "{{.Names}}"))
        .isEqualTo("web");
    assertThat(docker.attempt("ps", "--filter", "colour=red").err())
        .contains("invalid filter 'colour'");
  }

  @Test
  void takesFiltersInTheFormOfOlderClients() throws Exception {
    sleeper("web", "--label", "a=b");
    try (EngineClient client = engine.client()) {
      assertThat(filtered(client, "{\"label\":[\"a=b\"]}")).hasSize(1);
      assertThat(filtered(client, "{\"label\":{\"a=b\":true}}")).hasSize(1);
      assertThat(filtered(client, "{\"label\":[\"a=c\"]}")).isEmpty();
    }
  }

  private static List<JsonObject> filtered(EngineClient client, String filters) {
    return client.list(Query.path("containers", "json").and("filters", filters));
  }

  @Test
  void findsContainersByNameIdAndItsBeginning() throws Exception {
    String id = sleeper("web");
    for (String reference : List.of("web", "/web", id, id.substring(0, 6))) {
      assertThat(docker.run("inspect", "--format", "{{.Id}} {{.State.Status}}", reference))
          .isEqualTo(id + " running");
    }
    assertThat(docker.attempt("inspect", "nosuch").err()).containsIgnoringCase("no such object");
    assertThat(docker.attempt("kill", "nosuch").err()).contains("No such container: nosuch");
  }

  @Test
  void readsAndFollowsLogs() throws Exception {
    docker.run(
        "run",
        "-d",
        "--name",
        "log",
        IMAGE,
        "sh",
        "-c",
        "echo one; echo two; echo three >&2; sleep 1; echo four");
    try (Running follower = docker.start("logs", "-f", "log")) {
      await().until(() -> follower.out().contains("two"));
      assertThat(follower.end()).isEqualTo(new Outcome(0, "one\ntwo\nfour\n", "three\n"));
    }
    assertThat(docker.run("logs", "--tail", "1", "log")).isEqualTo("four");
    assertThat(docker.run("logs", "-t", "--tail", "1", "log"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z four");
  }

  @Test
  void executesInsideARunningContainer() throws Exception {
    sleeper("web", "-e", "A=b");
    assertThat(docker.attempt("exec", "web", "sh", "-c", "echo $A; echo err >&2; exit 7"))
        .isEqualTo(new Outcome(7, "b\n", "err\n"));
    assertThat(
            docker.attemptWith("in\n", "exec", "-i", "-w", "/tmp", "web", "sh", "-c", "pwd; cat"))
        .isEqualTo(new Outcome(0, "/tmp\nin\n", ""));
    assertThat(docker.attempt("exec", "web", "nosuch").code()).isEqualTo(127);
    assertThat(docker.attempt("exec", "-d", "web", "touch", "/tmp/here").code()).isZero();
    await().until(() -> docker.attempt("exec", "web", "test", "-e", "/tmp/here").code() == 0);
    docker.run("stop", "-t", "0", "web");
    assertThat(docker.attempt("exec", "web", "true").err()).contains("is not running");
  }

  @Test
  void waitsForAnExitItWasToldAboutInTime() throws Exception {
    sleeper("web");
    try (Running waiter = docker.start("wait", "web")) {
      docker.run("kill", "web");
      assertThat(waiter.end().out()).isEqualTo("137\n");
    }
    assertThat(docker.run("wait", "web")).isEqualTo("137");
  }

  @Test
  void refusesToRemoveWhatRuns() throws Exception {
    sleeper("web");
    assertThat(docker.attempt("rm", "web").err()).contains("web").contains("running");
    docker.run("stop", "-t", "0", "web");
    docker.run("rename", "web", "other");
    assertThat(docker.run("rm", "other")).isEqualTo("other");
    assertThat(docker.attempt("start", "other").err()).contains("No such container: other");
  }

  @Test
  void sendsEventsWithTheMembersOfOldAndNewClients() throws Exception {
    try (Running events =
        docker.start("events", "--filter", "type=container", "--format", "{{json .}}")) {
      // The stream is open once an event of ours has come through.
      await()
          .until(
              () -> {
                docker.run("create", "--name", "probe", IMAGE, "true");
                docker.run("rm", "probe");
                return events.out().contains("destroy");
              });
      docker.run("run", "--rm", "--name", "seen", "--network=none", IMAGE, "true");
      await().until(() -> events.out().lines().filter(line -> line.contains("seen")).count() == 5);
      List<JsonObject> seen =
          events.out().lines().map(Json::object).filter(one -> named(one, "seen")).toList();
      assertThat(seen.stream().map(one -> one.string("Action")))
          .containsExactly("create", "attach", "start", "die", "destroy");
      JsonObject die =
          seen.stream().filter(one -> one.string("status").equals("die")).findFirst().orElseThrow();
      assertThat(die.string("id")).isEqualTo(die.object("Actor").string("ID")).hasSize(64);
      assertThat(die.string("from")).isEqualTo(IMAGE);
      assertThat(die.object("Actor").object("Attributes").string("exitCode")).isEqualTo("0");
      assertThat(die.number("timeNano") / 1_000_000_000).isEqualTo(die.number("time"));
    }
  }

  private static boolean named(JsonObject event, String name) {
    return event.object("Actor").object("Attributes").string("name").equals(name);
  }

  @Test
  void makesListsAndRemovesNetworks() throws Exception {
    docker.run("network", "create", "--label", "a=b", "--subnet", "10.213.77.0/24", "side");
    try {
      sleeper("web", "--network=side", "--network-alias=other");
      assertThat(docker.run("network", "ls", "--filter", "label=a=b", "--format", "{{.Name}}"))
          .isEqualTo("side");
      assertThat(
              docker.run(
                  "network",
                  "inspect",
                  "-f",
                  "{{range .Containers}}{{.Name}}={{.IPv4Address}}{{end}}",
                  "side"))
          .matches("web=10\\.213\\.77\\.\\d+/24");
      assertThat(docker.run("inspect", "-f", "{{.NetworkSettings.Networks.side.Aliases}}", "web"))
          .contains("other");
      assertThat(docker.attempt("network", "rm", "side").err()).contains("active endpoints");
      assertThat(docker.attempt("network", "rm", "bridge").code()).isEqualTo(1);
      docker.run("rm", "-f", "web");
    } finally {
      docker.run("network", "rm", "side");
    }
  }

  @Test
  void makesListsAndRemovesVolumes() throws Exception {
    docker.run("volume", "create", "--label", "a=b", "data");
    docker.run("volume", "create", "data");
    docker.run("run", "--rm", "-v", "data:/d", IMAGE, "sh", "-c", "echo kept > /d/f");
    assertThat(docker.run("run", "--rm", "-v", "data:/d:ro", IMAGE, "cat", "/d/f"))
        .isEqualTo("kept");
    assertThat(docker.run("volume", "ls", "--filter", "label=a=b", "-q")).isEqualTo("data");
    docker.run("create", "--name", "user", "-v", "data:/d", IMAGE, "true");
    assertThat(docker.attempt("volume", "rm", "data").err()).contains("in use");
    docker.run("rm", "user");
    docker.run("volume", "rm", "data");
    assertThat(docker.attempt("volume", "inspect", "data").code()).isEqualTo(1);
  }

  @Test
  void listsTagsAndRemovesImages() throws Exception {
    docker.run("run", "--rm", "--network=none", IMAGE, "true");
    docker.run("tag", IMAGE, "some.host:5000/a/b:1");
    assertThat(docker.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines())
        .contains(IMAGE + ":latest", "some.host:5000/a/b:1");
    assertThat(docker.run("image", "inspect", "-f", "{{.Os}}", "some.host:5000/a/b:1"))
        .isEqualTo("linux");
    assertThat(docker.run("rmi", "some.host:5000/a/b:1"))
        .contains("Untagged: some.host:5000/a/b:1");
    assertThat(docker.attempt("run", "--rm", "no.such/image", "true").err())
        .contains("registry no.such cannot be reached");
  }

  @Test
  void logsInSendsFetchesSavesAndLoadsImages() throws Exception {
    assumeTrue(
        DebianRegistry.isInstalled() && Files.isExecutable(Path.of("/usr/bin/htpasswd")),
        "SKIPPED: docker-registry and apache2-utils are not installed; see .ci/run");
    Path passwords = directory.resolve("htpasswd");
    DebianRegistry.run(null, "htpasswd", "-Bbc", passwords.toString(), "anna", "secret");
    try (DebianRegistry registry =
        DebianRegistry.withPasswords(directory.resolve("registry"), passwords)) {
      String domain = registry.domain();
      String name = domain + "/team/app:1";
      docker.run("run", "--name=made", "--network=none", IMAGE, "sh", "-c", "echo hi > /made");
      docker.run("commit", "made", name);
      String id = id(name);

      assertThat(docker.attempt("push", name).err()).contains("docker login " + domain);
      Outcome wrong = docker.attemptWith("guess", "login", "-uanna", "--password-stdin", domain);
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err()).contains("denied");
      assertThat(docker.attemptWith("secret", "login", "-uanna", "--password-stdin", domain).out())
          .contains("Login Succeeded");
      docker.run("push", "-q", name);
      assertThat(docker.run("push", name)).contains("Layer already exists").contains("digest: ");
      try (EngineClient client = engine.client()) {
        assertThat(client.images().registryDigest(name, Credential.of("anna", "secret")))
            .startsWith("sha256:");
      }
      String archive = directory.resolve("image.tar").toString();
      docker.run("save", "-o", archive, name);
      docker.run("rm", "made");
      docker.run("rmi", name);

      assertThat(docker.run("pull", name)).contains("Status: Downloaded newer image for " + name);
      assertThat(docker.run("pull", name)).contains("Status: Image is up to date for " + name);
      assertThat(id(name)).isEqualTo(id);
      docker.run("rmi", name);
      assertThat(docker.run("load", "-i", archive)).isEqualTo("Loaded image: " + name);
      assertThat(id(name)).isEqualTo(id);
      assertThat(docker.run("run", "--rm", "--network=none", name, "cat", "/made")).isEqualTo("hi");
      docker.run("logout", domain);
      assertThat(docker.attempt("pull", name).err()).contains("docker login " + domain);
      docker.run("rmi", name);
    }
  }

  private static String id(String image) throws Exception {
    return docker.run("image", "inspect", "-f", "{{.Id}}", image);
  }

  @Test
  void looksInsideWithTopAndStats() throws Exception {
    sleeper("web");
    assertThat(docker.run("top", "web")).contains("sleep 300");
    assertThat(docker.run("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}}", "web"))
        .isEqualTo("web 1");
  }

  @Test
  void copiesFilesInAndOut() throws Exception {
    docker.run("create", "--name", "box", IMAGE, "true");
    Path file = Files.writeString(directory.resolve("note"), "hello");
    docker.run("cp", file.toString(), "box:/tmp/note");
    docker.run("cp", "box:/tmp/note", directory.resolve("back").toString());
    assertThat(directory.resolve("back")).hasContent("hello");
    assertThat(docker.attempt("cp", "box:/nosuch", directory.toString()).err())
        .contains("Could not find the file /nosuch in container box");
  }

  @Test
  void showsSizesDifferencesAndTheExportedFiles() throws Exception {
    sleeper("web", "--network=none");
    docker.run("exec", "web", "sh", "-c", "head -c 5000 /dev/zero > /new; rm /etc/group");
    assertThat(docker.run("diff", "web").lines())
        .containsExactly("C /etc", "D /etc/group", "A /new");
    assertThat(docker.run("ps", "-s", "--format", "{{.Size}}")).startsWith("5kB (virtual ");
    assertThat(docker.run("inspect", "-s", "-f", "{{.SizeRw}}", "web")).isEqualTo("5000");
    Path tar = directory.resolve("web.tar");
    docker.run("export", "-o", tar.toString(), "web");
    assertThat(Files.size(tar)).isGreaterThan(1_000_000);
    assertThat(docker.attempt("diff", "nosuch").err()).contains("No such container: nosuch");
  }

  @Test
  void prunesWhatHasStoppedAndSaysWhatThatFreed() throws Exception {
    sleeper("web", "--network=none");
    docker.attempt(
        "run",
        "--name",
        "old",
        "--network=none",
        "--label",
        "a=b",
        IMAGE,
        "sh",
        "-c",
        "head -c 7000 /dev/zero > /new");
    docker.run("create", "--name", "fresh", IMAGE, "true");
    assertThat(docker.run("container", "prune", "-f", "--filter", "label=a=c"))
        .isEqualTo("Total reclaimed space: 0B");
    assertThat(docker.run("container", "prune", "-f", "--filter", "until=1h"))
        .isEqualTo("Total reclaimed space: 0B");
    assertThat(docker.run("container", "prune", "-f")).contains("Total reclaimed space: 7kB");
    assertThat(docker.run("ps", "-a", "--format", "{{.Names}}")).isEqualTo("web");
  }

  @Test
  void tellsThePastOfOneContainerAndEndsWhereItIsToldTo() throws Exception {
    String id = docker.run("create", "--name", "first", IMAGE, "true");
    docker.run("rename", "first", "second");
    docker.run("create", "--name", "other", IMAGE, "true");
    docker.run("rm", "second");
    String[] past = {
      "events", "--until", "0s", "--filter", "container=" + id, "--format", "{{.Action}}"
    };
    await()
        .untilAsserted(
            () ->
                assertThat(docker.run(past).lines())
                    .containsExactly("create", "rename", "destroy"));
    assertThat(
            docker.run(
                "events",
                "--since",
                "1h",
                "--until",
                "0s",
                "--filter",
                "event=rename",
                "--filter",
                "container=second",
                "--format",
                "{{.Actor.Attributes.oldName}} {{.Actor.Attributes.name}}"))
        .isEqualTo("/first second");
  }

  @Test
  void findsContainersByEveryFilterOfTheList() throws Exception {
    docker.run("network", "create", "--subnet", "10.213.78.0/24", "near");
    try {
      String first = sleeper("first", "--network=near", "-p", "127.0.0.1::80", "--expose", "90");
      sleeper("second", "--network=none", "-v", "/data", "--label", "colour=red");
      for (List<String> found :
          List.of(
              List.of("name=^/fir", "first"),
              List.of("id=" + first.substring(0, 8), "first"),
              List.of("network=near", "first"),
              List.of("expose=90", "first"),
              List.of("expose=85-95/tcp", "first"),
              List.of("before=second", "first"),
              List.of("since=first", "second"),
              List.of("volume=/data", "second"),
              List.of("label=colour", "second"),
              List.of("health=starting", ""),
              List.of("is-task=true", ""),
              List.of("status=paused", ""))) {
        assertThat(docker.run("ps", "-a", "--filter", found.get(0), "--format", "{{.Names}}"))
            .as(found.get(0))
            .isEqualTo(found.get(1));
      }
      assertThat(docker.run("ps", "-n", "1", "--format", "{{.Names}}")).isEqualTo("second");
      docker.run("rm", "-f", "first");
    } finally {
      docker.run("network", "rm", "near");
    }
  }
}
