package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code jcompose --host} drives a Docker engine with the same reconciler. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerEngineIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir static Path data;

  @TempDir Path folder;

  private DockerDaemon docker;

  @BeforeAll
  void startDocker() throws Exception {
    docker = DockerDaemon.start(JCOMPOSE, data);
  }

  @AfterEach
  void nothingIsLeft() {
    jcompose("down --volumes --remove-orphans --timeout 0").succeeded();
    assertThat(docker.docker("ps --all --quiet").stdout()).isEmpty();
    assertThat(docker.docker("volume ls --quiet").stdout()).isEmpty();
    assertThat(docker.docker("network ls --quiet --filter type=custom").stdout()).isEmpty();
    docker
        .docker("images --format '{{.Repository}}' --filter reference='on-docker*'")
        .stdout()
        .lines()
        .forEach(image -> docker.docker("image rm " + image).succeeded());
  }

  @AfterAll
  void stopDocker() throws Exception {
    if (docker != null) {
      docker.close();
    }
  }

  private void project(String yaml) throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), "name: on-docker\n" + yaml);
  }

  private Result jcompose(String words) {
    return JCOMPOSE.shell(folder, "jcompose --host " + docker.host() + " " + words);
  }

  private String output(String words) {
    return jcompose(words).succeeded().stdout();
  }

  private String id(String service) {
    return output("ps --all --quiet " + service).strip();
  }

  private static final String SERVICES =
      """
      services:
        db:
          image: jcompose/base
          init: true
          command: sh -c 'touch /data/ready; exec sleep 1000'
          healthcheck: {test: test -f /data/ready, interval: 1s, retries: 20}
          volumes: [data:/data]
          networks: {back: {aliases: [database]}}
        job: {image: jcompose/base, command: "true", networks: [back]}
        web:
          image: jcompose/base
          init: true
          command: sh -c "echo $$GREETING; exec sleep 1000"
          environment: {GREETING: "%s"}
          depends_on:
            db: {condition: service_healthy}
            job: {condition: service_completed_successfully}
          networks: [back, front]
          ports: ["80"]
          restart: unless-stopped
          mem_limit: 64m
      networks: {back: , front: {labels: {version: "%s"}}}
      volumes: {data: }
      """;

  @Test
  void whatIsUpStaysAndWhatChangedIsReplaced() throws IOException {
    project(SERVICES.formatted("hello", 1));
    jcompose("up --detach").succeeded();
    String web = id("web");
    String db = id("db");

    Result again = jcompose("up --detach db web").succeeded();
    assertThat(again.stderr())
        .contains("Container on-docker-db-1  Running", "Container on-docker-web-1  Running")
        .doesNotContain("Recreate", "Creating");
    assertThat(id("web")).isEqualTo(web);

    project(SERVICES.formatted("bye", 1));
    assertThat(jcompose("plan").exitCode()).isEqualTo(2);
    jcompose("up --detach").succeeded();
    assertThat(id("web")).isNotEqualTo(web);
    assertThat(id("db")).isEqualTo(db);
    assertThat(output("logs --no-log-prefix web")).isEqualTo("bye\n");

    // Another network of the name: containers are kept and join it.
    String changed = id("web");
    project(SERVICES.formatted("bye", 2));
    jcompose("up --detach").succeeded();
    assertThat(id("web")).isEqualTo(changed);
    assertThat(
            docker
                .docker("network inspect --format '{{.Labels.version}}' on-docker_front")
                .stdout())
        .isEqualTo("2\n");
    assertThat(output("exec -T web getent hosts database")).contains("database");
  }

  @Test
  void anEngineThatCannotMountImagesIsLeftAlone() throws IOException {
    String api = docker.docker("version --format '{{.Server.APIVersion}}'").stdout().strip();
    assumeTrue(
        Integer.parseInt(api.substring(api.indexOf('.') + 1)) < 48,
        "SKIPPED: this Docker can mount images");
    project(
        """
        services:
          web: {image: jcompose/base, command: ls /i, volumes: [{type: image, source: jcompose/base, target: /i}]}
          made: {build: {dockerfile_inline: FROM jcompose/base}}
        """);
    for (String verb : List.of("up --detach --build", "create", "run --rm web", "plan")) {
      assertThat(jcompose(verb).failedPolitely().stderr())
          .contains("services.web.volumes: this engine cannot mount images")
          .contains("API 1.48");
    }
    assertThat(docker.docker("network ls --quiet --filter type=custom").stdout()).isEmpty();
    assertThat(docker.docker("images --quiet --filter reference=on-docker*").stdout()).isEmpty();
  }

  @Test
  void everydayVerbsAnswerAsWithTheOwnEngine() throws IOException {
    project(SERVICES.formatted("hello", 1));
    jcompose("up --detach --wait db web").succeeded();

    assertThat(output("ps --format '{{.Service}} {{.State}} {{.Health}}'"))
        .isEqualTo("db running healthy\nweb running \n");
    assertThat(output("ps --format json db")).contains("\"Name\":\"on-docker-db-1\"");
    assertThat(output("port web 80")).matches("0\\.0\\.0\\.0:\\d+\n");
    assertThat(output("ls --format json")).contains("\"Name\":\"on-docker\"");
    assertThat(output("top web")).contains("sleep 1000");
    assertThat(output("images --format json")).contains("jcompose/base");
    assertThat(output("volumes --quiet")).isEqualTo("on-docker_data\n");
    assertThat(output("stats --no-stream --format '{{.Name}}' web")).isEqualTo("on-docker-web-1\n");

    assertThat(jcompose("exec -T web sh -c 'exit 7'").exitCode()).isEqualTo(7);
    Result run = jcompose("run --rm -T job sh -c 'echo ran; exit 3'");
    assertThat(run.exitCode()).as(run.stderr()).isEqualTo(3);
    assertThat(run.stdout()).isEqualTo("ran\n");

    Files.writeString(folder.resolve("in"), "copied\n");
    jcompose("cp in web:/tmp/there").succeeded();
    jcompose("cp web:/tmp/there out").succeeded();
    assertThat(folder.resolve("out")).hasContent("copied\n");

    jcompose("pause web").succeeded();
    assertThat(output("ps --format '{{.State}}' web")).isEqualTo("paused\n");
    jcompose("unpause web").succeeded();
    jcompose("restart --timeout 0 web").succeeded();
    jcompose("up --detach --scale web=2").succeeded();
    assertThat(output("ps --quiet web").lines()).hasSize(2);
    jcompose("kill web").succeeded();
    jcompose("stop --timeout 0").succeeded();
    assertThat(output("ps --quiet")).isEmpty();
    jcompose("start").succeeded();
    assertThat(output("ps --services").lines()).contains("db", "web");
  }

  @Test
  void rarerVerbsAnswerToo() throws IOException {
    project(
        """
        services:
          job: {image: jcompose/base, command: sh -c 'echo done > /left; exit 5'}
          idle: {image: jcompose/base, init: true, command: sleep 1000}
        """);
    jcompose("create").succeeded();
    assertThat(output("ps --all --format '{{.Service}} {{.State}}'"))
        .isEqualTo("idle created\njob created\n");
    jcompose("start").succeeded();
    assertThat(jcompose("wait job").exitCode()).isEqualTo(5);
    jcompose("scale idle=2").succeeded();
    assertThat(output("ps --quiet idle").lines()).hasSize(2);
    jcompose("export --output job.tar job").succeeded();
    assertThat(JCOMPOSE.shell(folder, "tar xOf job.tar left").succeeded().stdout())
        .isEqualTo("done\n");
    jcompose("commit job committed").succeeded();
    assertThat(docker.docker("run --rm --network none committed cat /left").stdout())
        .isEqualTo("done\n");
    docker.docker("image rm committed").succeeded();
    jcompose("rm --force job").succeeded();
    assertThat(output("ps --all --services")).isEqualTo("idle\n");
  }

  @Test
  void anAttachedUpShowsOutputAndEndsWithTheCodeAskedFor() throws IOException {
    project(
        """
        services:
          one: {image: jcompose/base, command: "sh -c 'echo from one; exit 4'"}
          two: {image: jcompose/base, init: true, command: sleep 1000, stop_grace_period: 0s}
        """);
    Result up = jcompose("up --no-color --exit-code-from one");
    assertThat(up.exitCode()).as(up.stderr()).isEqualTo(4);
    assertThat(up.stdout()).contains("one-1  | from one").contains("one-1 exited with code 4");
  }

  @Test
  void secretsAndConfigsHaveTheirOwners() throws IOException {
    Files.writeString(folder.resolve("key"), "open\n");
    project(
        """
        services:
          one:
            image: jcompose/base
            command: sh -c 'stat -c "%n %a %u %g" /text /run/secrets/*; cat /text /run/secrets/*'
            configs: [text]
            secrets: [{source: key, uid: "65534", gid: "5", mode: 0400}]
        configs: {text: {content: "said\\n"}}
        secrets: {key: {file: key}}
        """);
    assertThat(
            jcompose("up --no-color --no-log-prefix --abort-on-container-exit")
                .succeeded()
                .stdout())
        .contains("/text 444 0 0\n/run/secrets/key 400 65534 5\nsaid\nopen\n");
  }

  @Test
  void buildsWhatTheIgnoreFileLeavesOfTheContext() throws IOException {
    Files.createDirectories(folder.resolve("left/out"));
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("left/out/secret"), "x");
    Files.writeString(folder.resolve("left/out/kept"), "kept\n");
    Files.writeString(folder.resolve("in/file"), "file\n");
    Files.createLink(folder.resolve("in/link"), folder.resolve("in/file"));
    Files.writeString(
        folder.resolve(".dockerignore"), "left\n!left/out/kept\nDockerfile\ncompose.yaml\n");
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        ARG BASE
        FROM $BASE AS first
        ARG WHO TARGETARCH
        COPY . /context
        RUN echo "$WHO $TARGETARCH" > /who
        CMD ["sh", "-c", "cat /who; cd /context; find . -type f | sort; stat -c %h in/file"]
        FROM first
        RUN exit 1
        """);
    project(
        """
        services:
          app:
            build:
              context: .
              target: first
              args: {BASE: jcompose/base, WHO: you}
              labels: {made: here}
              tags: [on-docker-too]
          inline:
            build:
              context: .
              dockerfile_inline: |
                FROM jcompose/base
                COPY . /context
                CMD cd /context; find . -type f | sort
        """);
    String all = output("up --no-color --no-log-prefix --abort-on-container-failure");
    String machine = docker.docker("version --format '{{.Server.Arch}}'").stdout().strip();
    String files = "./.dockerignore\n./in/file\n./in/link\n./left/out/kept\n";
    assertThat(all).contains("you " + machine + "\n");
    assertThat(output("logs --no-color --no-log-prefix inline")).isEqualTo(files);
    assertThat(output("logs --no-color --no-log-prefix app"))
        .endsWith(machine + "\n" + files + "2\n");
    assertThat(
            docker
                .docker(
                    "image inspect --format '{{.Config.Labels.made}}"
                        + " {{index .Config.Labels \"com.docker.compose.service\"}}' on-docker-too")
                .stdout())
        .isEqualTo("here app\n");

    assertThat(output("build --quiet app")).isEmpty();
    assertThat(jcompose("build --progress json app").succeeded().stderr())
        .contains("\"parent_id\":\"app\"", "\"text\":\"CACHED\"")
        .doesNotContain("Error");
  }

  @Test
  void whatWasBuiltStaysUpUntilItIsBuiltOtherwise() throws IOException {
    Files.writeString(folder.resolve("file"), "one\n");
    project(
        """
        services:
          app:
            build:
              context: .
              dockerfile_inline: |
                FROM jcompose/base
                COPY file /
            init: true
            command: sleep 1000
        """);
    jcompose("up --detach --build").succeeded();
    String first = id("app");
    assertThat(jcompose("up --detach").succeeded().stderr()).contains("app-1  Running");
    assertThat(jcompose("plan").exitCode()).isZero();
    jcompose("up --detach --build").succeeded();
    assertThat(id("app")).isEqualTo(first);

    Files.writeString(folder.resolve("file"), "two\n");
    jcompose("up --detach --build --timeout 0").succeeded();
    assertThat(id("app")).isNotEqualTo(first);
    assertThat(output("exec -T app cat /file")).isEqualTo("two\n");
  }

  @Test
  void aBuildThatFailsSaysWhereAndShowsItsLastOutput() throws IOException {
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM jcompose/base
        RUN echo so far; echo so bad >&2; \\
            exit 3
        """);
    project("services: {app: {build: .}, absent: {build: {dockerfile: none}}}\n");
    Result failed = jcompose("build --progress plain app").failedPolitely();
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.stderr())
        .containsPattern("#\\d+ \\[app 1/\\d+] FROM jcompose/base")
        .containsPattern("#\\d+ [0-9.]+ so bad")
        .contains(
            "app: Dockerfile:2: process \"/bin/sh -c echo so far; echo so bad >&2;     exit 3\" did"
                + " not complete successfully: exit code: 3",
            "2 | >>> RUN echo so far",
            "Its last output:");
    assertThat(jcompose("build absent").failedPolitely().stderr())
        .contains("there is no Dockerfile at " + folder.resolve("none"));

    Files.writeString(folder.resolve("Dockerfile"), "FROM jcompose/base\nCOPY nothing /\n");
    assertThat(jcompose("build app").failedPolitely().stderr())
        .contains("app: Dockerfile:2: COPY failed", "2 | >>> COPY nothing /");
  }

  @Test
  void theChecksKnowWhatTheEnginesImagesSet() throws IOException {
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM jcompose/base
        ENV FOUND=$PATH LOST=$PAHT
        """);
    project("services: {app: {build: .}}\n");
    assertThat(jcompose("build").succeeded().stderr())
        .contains("Warning: app: Dockerfile: UndefinedVar:", "$PAHT")
        .doesNotContain("$PATH is");
    assertThat(jcompose("build --check").succeeded().stderr())
        .contains("Check complete, 1 warning found.", "Dockerfile:2");
  }

  @Test
  void aBuildThatIsGivenUpLeavesNothing() throws Exception {
    project(
        """
        services:
          app:
            build:
              dockerfile_inline: |
                FROM jcompose/base
                RUN sleep 1000
        """);
    Path told = folder.resolve("build.out");
    Process build =
        JCOMPOSE.start(folder, told, "--host", docker.host(), "build", "--progress", "plain");
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !docker.docker("ps --quiet").stdout().isEmpty());
      JCOMPOSE.shell(folder, "kill -INT " + build.pid()).succeeded();
      assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(build.exitValue()).as(Files.readString(told)).isEqualTo(130);
    } finally {
      end(build);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> docker.docker("ps --all --quiet").stdout().isEmpty());
  }

  @Test
  void whatOnlyBuildKitCanDoIsRefusedBeforeAnythingIsSent() throws IOException {
    project(
        """
        services:
          app:
            build:
              context: .
              secrets: [key]
              ssh: [default]
              additional_contexts: {more: .}
              cache_to: ["type=local,dest=cache"]
              no_cache_filter: [one]
              privileged: true
          mounts:
            build:
              dockerfile_inline: |
                FROM jcompose/base
                RUN --mount=type=cache,target=/x true
                COPY --chmod=600 <<EOF /x
                text
                EOF
          layout: {build: "oci-layout://there"}
        secrets: {key: {environment: HOME}}
        """);
    Result refused = jcompose("build").failedPolitely();
    assertThat(refused.stderr())
        .contains(
            "services.app.build.secrets:",
            "services.app.build.ssh:",
            "services.app.build.additional_contexts:",
            "services.app.build.cache_to:",
            "services.app.build.no_cache_filter:",
            "services.app.build.privileged:",
            "Dockerfile:2:5: this engine's builder has no RUN --mount",
            "Dockerfile:3:6: this engine's builder has no COPY --chmod",
            "services.layout.build.context:",
            "without --host");
    assertThat(docker.docker("images --quiet --filter reference='on-docker*'").stdout()).isEmpty();
    assertThat(jcompose("build --debug layout").failedPolitely().stderr())
        .contains("build --debug:");
  }

  @Test
  void contextsFromTheWebAreForTheEngineToGet() throws Exception {
    Path site = Files.createDirectories(folder.resolve("site/context"));
    Files.writeString(site.resolve("file"), "from the web\n");
    Files.writeString(site.resolve("web.Dockerfile"), "FROM jcompose/base\nCOPY file /\n");
    JCOMPOSE.shell(folder, "tar -C site/context -cf site/context.tar .").succeeded();
    project(
        """
        services:
          app:
            build: {context: "http://127.0.0.1:8123/context.tar", dockerfile: web.Dockerfile}
            command: cat /file
          given:
            build:
              context: http://127.0.0.1:8123/context.tar
              dockerfile_inline: FROM jcompose/base
          git:
            build: "https://127.0.0.1:8123/context.git?ref=main"
          repository:
            build: {context: "git://127.0.0.1/repository#main:sub", dockerfile: web.Dockerfile}
            command: cat /file
        """);
    JCOMPOSE
        .shell(
            folder,
            """
            cp -r site/context sub && mkdir site/repository && cd site/repository &&
            git init --quiet --initial-branch=main && mv ../../sub . && git add . &&
            git -c user.name=a -c user.email=a@b commit --quiet --message=all
            """)
        .succeeded();
    String server = Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
    Process web = docker.besideIt(server, "-p", "8123", "-d", folder.resolve("site").toString());
    Process git =
        docker.besideIt(
            "git",
            "daemon",
            "--export-all",
            "--listen=127.0.0.1",
            "--base-path=" + folder.resolve("site"));
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  jcompose("up --build --no-color --no-log-prefix app")
                      .stdout()
                      .contains("from the web\n"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  jcompose("up --build --no-color --no-log-prefix repository")
                      .stdout()
                      .contains("from the web\n"));
    } finally {
      end(web);
      end(git);
    }
    assertThat(jcompose("build given git").failedPolitely().stderr())
        .contains("services.given.build.dockerfile_inline:", "services.git.build.context:", "?ref");
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Test
  void aBaseImageBehindALoginIsPulledWithIt() throws Exception {
    assumeTrue(
        JCOMPOSE.shell(folder, "which docker-registry htpasswd").exitCode() == 0,
        "SKIPPED: docker-registry and apache2-utils are not installed");
    Files.writeString(
        folder.resolve("registry.yml"),
        """
        version: 0.1
        storage: {filesystem: {rootdirectory: %1$s/registry}}
        http: {addr: 127.0.0.1:5055}
        auth: {htpasswd: {realm: test, path: %1$s/passwords}}
        """
            .formatted(folder));
    JCOMPOSE
        .shell(
            folder,
            """
            htpasswd -Bbc passwords anna secret && mkdir nobody && echo {} > nobody/config.json
            auth=$(printf anna:secret | base64)
            mkdir anna
            echo '{"auths": {"127.0.0.1:5055": {"auth": "'$auth'"}}}' > anna/config.json
            """)
        .succeeded();
    project(
        """
        services:
          app:
            build:
              args: {REGISTRY: "127.0.0.1:5055"}
              dockerfile_inline: |
                ARG REGISTRY=nowhere
                FROM $${REGISTRY}/on-docker-base
                RUN echo made
        """);
    String config = folder.resolve("registry.yml").toString();
    Process registry = docker.besideIt("docker-registry", "serve", config);
    try {
      String base = "127.0.0.1:5055/on-docker-base";
      docker.docker("tag jcompose/base " + base).succeeded();
      String anna = "--config " + folder.resolve("anna") + " ";
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> docker.docker(anna + "push --quiet " + base).exitCode() == 0);
      docker.docker("image rm " + base).succeeded();

      String build = "jcompose --host " + docker.host() + " build";
      Result nobody = JCOMPOSE.shell(folder, "DOCKER_CONFIG=$PWD/nobody " + build);
      assertThat(nobody.failedPolitely().stderr()).contains("app: Dockerfile:2:", "credentials");
      JCOMPOSE.shell(folder, "DOCKER_CONFIG=$PWD/anna " + build).succeeded();
      docker.docker("image rm " + base).succeeded();
    } finally {
      end(registry);
    }
  }

  @Test
  void aWatchBuildsAndReplacesToo() throws Exception {
    Files.writeString(folder.resolve("file"), "one\n");
    project(
        """
        services:
          app:
            build: {context: ., dockerfile_inline: "FROM jcompose/base\\nCOPY file /\\n"}
            init: true
            command: sleep 1000
            stop_grace_period: 0s
            develop: {watch: [{action: rebuild, path: file}]}
        """);
    Process watch =
        JCOMPOSE.start(
            folder, folder.resolve("watch.out"), "--host", docker.host(), "up", "--watch");
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> jcompose("exec -T app cat /file").stdout().equals("one\n"));
      Files.writeString(folder.resolve("file"), "two\n");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> jcompose("exec -T app cat /file").stdout().equals("two\n"));
    } finally {
      end(watch);
    }
  }

  @Test
  void callsThatOnlyTheOwnEngineHasAreRefusedBySayingSo() throws IOException {
    project("services: {app: {image: jcompose/base}}\n");
    assertThat(jcompose("build export cache").failedPolitely().stderr())
        .contains("is not jcompose's own and cannot do this", "--host");
    assertThat(jcompose("image from-host tools sh").failedPolitely().stderr())
        .contains("is not jcompose's own and cannot do this");
  }
}
