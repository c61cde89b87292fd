package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildIT {
  @AutoClose private static TestEngine engine;

  @TempDir Path context;

  private BuildLab lab;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  @BeforeEach
  void lab() {
    lab = new BuildLab(engine, context);
  }

  @Test
  void runsCopiesAndSetsWhatTheDockerfileSays() throws Exception {
    lab.file("hello.txt", "hello\n");
    Image image =
        lab.build(
            """
            FROM jcompose/base
            ENV GREETING=hi
            WORKDIR /app
            COPY hello.txt .
            RUN echo $GREETING > said && cat hello.txt
            CMD ["cat", "said"]
            """,
            "lab:1");
    assertThat(lab.log.output.toString()).startsWith("hello\n");
    assertThat(image.repoTags()).containsExactly("lab:1");
    assertThat(image.config().workingDir()).isEqualTo("/app");
    assertThat(image.config().cmd()).containsExactly("cat", "said");
    assertThat(lab.run(image, "cat said hello.txt; pwd")).isEqualTo("hi\nhello\n/app");
  }

  @Test
  void takesEveryStepFromTheCacheTheSecondTimeAndGivesTheSameImage() throws Exception {
    String dockerfile =
        """
        FROM jcompose/base
        WORKDIR /w
        COPY . .
        RUN date +%N > stamp
        """;
    lab.file("a", "a");
    Image first = lab.build(dockerfile);
    assertThat(lab.log.cached).isEmpty();
    Image second = lab.build(dockerfile);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(lab.log.cached).hasSize(3);
    lab.file("a", "changed");
    Image third = lab.build(dockerfile);
    assertThat(third.id()).isNotEqualTo(first.id());
    assertThat(lab.log.cached).hasSize(1);
  }

  @Test
  void leavesNoStubsOfItsOwnMountsInTheLayer() throws Exception {
    Image image = lab.build("FROM jcompose/base\nRUN touch /only\n");
    Path layer = image.layerDirectories().getLast();
    try (Stream<Path> files = Files.walk(layer)) {
      assertThat(files.map(layer::relativize).map(Path::toString)).containsExactly("", "only");
    }
  }

  @Test
  void showsTheLineAndTheLastOutputOfACommandThatFails() {
    assertThatThrownBy(() -> lab.build("FROM jcompose/base\nRUN echo almost; exit 3\n"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("Dockerfile:2")
        .hasMessageContaining("exit code: 3")
        .hasMessageContaining(">>> RUN echo almost; exit 3")
        .hasMessageContaining("  almost")
        .extracting(e -> ((BuildException) e).exitCode())
        .isEqualTo(3);
  }

  @Test
  void refusesAnotherPlatformThanThisMachines() throws Exception {
    assertThatThrownBy(() -> lab.build("FROM --platform=plan9/vax jcompose/base\nRUN true\n"))
        .hasMessageContaining("Dockerfile:1")
        .hasMessageContaining("plan9/vax cannot be built on this machine");
    lab.build("FROM --platform=$BUILDPLATFORM jcompose/base\nRUN true\n");
  }

  @Test
  void copiesFromAStageAndKeepsItsOwners() throws Exception {
    Image image =
        lab.build(
            """
            FROM jcompose/base AS made
            RUN mkdir /out && echo x > /out/x && chown 7:8 /out/x && ln -s x /out/y
            FROM jcompose/base
            COPY --from=made /out /in
            COPY --from=0 --chown=5 /out/x /five
            """);
    assertThat(lab.run(image, "stat -c %u:%g /in/x /five; readlink /in/y"))
        .isEqualTo("7:8\n5:5\nx");
  }

  @Test
  void refusesToCopySeveralFilesOverEachOther() throws Exception {
    lab.file("a", "a").file("b", "b").file("d/c", "c");
    assertThatThrownBy(() -> lab.build("FROM jcompose/base\nCOPY a b /one\n"))
        .hasMessageContaining("Dockerfile:2")
        .hasMessageContaining("several files are copied to /one, which is no folder");
    assertThatThrownBy(() -> lab.build("FROM jcompose/base\nCOPY [ab] /one\n"))
        .hasMessageContaining("end it with a slash");
    Image image =
        lab.build("FROM jcompose/base\nRUN mkdir /there\nCOPY a b /there\nCOPY d a /made\n");
    assertThat(lab.run(image, "ls /there /made")).isEqualTo("/made:\na\nc\n\n/there:\na\nb");
  }

  @Test
  void buildsOnlyTheStagesTheTargetNeeds() throws Exception {
    lab.target = "wanted";
    lab.build(
        """
        FROM jcompose/base AS unneeded
        RUN exit 1
        FROM jcompose/base AS wanted
        RUN true
        FROM unneeded
        """);
    assertThat(lab.log.steps).noneMatch(step -> step.contains("exit 1"));
  }

  @Test
  void aRunSeesTheDefaultNetworkAndResolvesNothingWithNone() throws Exception {
    lab.build(
        """
        FROM jcompose/base
        RUN cat /etc/resolv.conf
        RUN --network=none ls /sys/class/net
        """);
    assertThat(lab.log.output.toString()).contains("nameserver 127.0.0.11").contains("\nlo\n");
  }

  @Test
  void writesTextsOfTheDockerfileWithVariablesUnlessTheDelimiterIsQuoted() throws Exception {
    Image image =
        lab.build(
            """
            FROM jcompose/base
            ENV NAME=world
            COPY <<greeting <<'raw' /t/
            hello $NAME
            greeting
            hello $NAME
            raw
            RUN <<EOF
            echo one > /t/one
            echo two >> /t/one
            EOF
            RUN <<EOF
            #!/bin/sh
            echo script $0 > /t/script
            EOF
            """);
    assertThat(lab.run(image, "cat /t/greeting /t/raw /t/one /t/script; stat -c %a /t/raw"))
        .isEqualTo("hello world\nhello $NAME\none\ntwo\nscript /dev/pipes/EOF\n644");
  }

  @Test
  void leavesOutWhatTheIgnoreFileAndExcludeSay() throws Exception {
    lab.file(".dockerignore", "*.log\n!keep.log\nsecret\n");
    lab.file("a.log", "").file("keep.log", "").file("secret/x", "").file("d/b.txt", "");
    lab.file("d/c.md", "").file("d/deep/e.md", "");
    Image image = lab.build("FROM jcompose/base\nCOPY --exclude=**/*.md . /c\n");
    assertThat(lab.run(image, "cd /c && find . -type f | sort"))
        .isEqualTo("./.dockerignore\n./d/b.txt\n./keep.log");
    assertThatThrownBy(() -> lab.build("FROM jcompose/base\nCOPY a.log /\n"))
        .hasMessageContaining("\"/a.log\" is not there");
  }

  @Test
  void addUnpacksArchivesByContentAndCopyDoesNot() throws Exception {
    lab.file("in/f", "f").file("in/d/g", "g");
    run(
        "tar",
        "-C",
        context.resolve("in").toString(),
        "--owner=5",
        "--group=6",
        "-czf",
        context.resolve("data").toString(),
        ".");
    Image image =
        lab.build(
            """
            FROM jcompose/base
            ADD data /unpacked
            COPY data /copied
            ADD --unpack=false data /d/
            """);
    assertThat(
            lab.run(
                image,
                "stat -c '%n %u:%g' /unpacked/f /unpacked/d/g; test -f /copied -a -f /d/data &&"
                    + " echo kept"))
        .isEqualTo("/unpacked/f 5:6\n/unpacked/d/g 5:6\nkept");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void mountsCachesSecretsAndFilesThatAreNotInTheImage() throws Exception {
    lab.secrets.put("token", "s3cret".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    lab.file("input", "in");
    String dockerfile =
        """
        FROM jcompose/base
        RUN --mount=type=cache,target=/cache --mount=type=secret,id=token,env=TOKEN \
            --mount=type=secret,id=token --mount=type=bind,target=/src --mount=type=tmpfs,target=/tmp/t \
            echo x >> /cache/n; cat /cache/n /run/secrets/token /src/input; echo " $TOKEN"; touch /tmp/t/y
        """;
    Image image = lab.build(dockerfile);
    assertThat(lab.log.output.toString()).contains("x\ns3cretin s3cret\n");
    lab.caching =
        new dev.jcompose.engine.build.BuildRequest.Caching(
            true, java.util.Set.of(), false, java.util.List.of(), java.util.List.of());
    lab.build(dockerfile);
    assertThat(lab.log.output.toString()).contains("x\nx\ns3cretin");
    try (Stream<Path> files = Files.walk(image.layerDirectories().getLast())) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void givesUpARunningCommandWithTheBuildAndLeavesNothing() throws Exception {
    Thread builder =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    lab.build("FROM jcompose/base\nRUN echo started; sleep 300\n");
                  } catch (BuildException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    org.awaitility.Awaitility.await().until(() -> lab.log.output.toString().contains("started"));
    builder.interrupt();
    assertThat(builder.join(java.time.Duration.ofSeconds(10))).isTrue();
    assertThat(lab.log.steps)
        .anyMatch(step -> step.startsWith("canceled ") && step.contains("sleep"));
    assertThat(engine.state.buildRuns()).isEmptyDirectory();
    try (Stream<Path> layers = Files.list(engine.state.layers())) {
      assertThat(layers.filter(layer -> layer.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @Test
  void theSameSourceDateGivesTheSameImageAlsoWhenEveryStepIsRunAgain() throws Exception {
    lab.args.put("SOURCE_DATE_EPOCH", "1000000000");
    lab.file("f", "f");
    String dockerfile = "FROM jcompose/base\nWORKDIR /w\nCOPY f .\nRUN echo x > y\n";
    String first = lab.build(dockerfile).id();
    lab.caching =
        new dev.jcompose.engine.build.BuildRequest.Caching(
            true, java.util.Set.of(), false, java.util.List.of(), java.util.List.of());
    assertThat(lab.build(dockerfile).id()).isEqualTo(first);
    assertThat(lab.log.cached).isEmpty();
    try (TestEngine other = TestEngine.start()) {
      BuildLab there = new BuildLab(other, context);
      there.args.putAll(lab.args);
      assertThat(there.build(dockerfile).id()).as("by another engine").isEqualTo(first);
    }
  }

  @Test
  void refusesANameThatIsNoneBeforeAnythingIsBuilt() {
    assertThatThrownBy(() -> lab.build("FROM jcompose/base\nRUN echo built\n", "Lab/Upper:1"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("the image cannot be called so")
        .hasMessageContaining("upper-case letters");
    assertThatThrownBy(() -> lab.build("FROM jcompose/base\n", "lab:a b"))
        .hasMessageContaining("\"a b\" is not a tag");
    assertThat(lab.log.steps).isEmpty();
  }
}
