package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service has mounted, and how. */
class MountsIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  /** The mount options of a target: those of the mount, then those of the file system. */
  private static String optionsOf(String target) {
    return "grep ' "
        + target
        + " ' /proc/self/mountinfo | sed -E 's/^([^ ]+ ){5}([^ ]+) (.* )?- ([^ ]+) [^ ]+ (.*)/\\2"
        + " \\4 \\5/'\n";
  }

  @Test
  void mountsMemoryWithOptions() throws Exception {
    assertThat(
            RUN.output(
                """
                tmpfs: ["/a", "/b:size=64k,mode=0710,uid=5,gid=6,exec,nr_inodes=99", "/c:ro,dev,suid"]
                volumes: [{type: tmpfs, target: /d, tmpfs: {size: 1m, mode: 0700}, read_only: true}]
                """,
                optionsOf("/a")
                    + optionsOf("/b")
                    + optionsOf("/c")
                    + optionsOf("/d")
                    + "stat -c '%a %u %g' /b"))
        .isEqualTo(
            """
            rw,nosuid,nodev,noexec,relatime tmpfs rw
            rw,nosuid,nodev,relatime tmpfs rw,size=64k,nr_inodes=99,mode=710,uid=5,gid=6
            ro,noexec,relatime tmpfs ro
            ro,nosuid,nodev,noexec,relatime tmpfs ro,size=1024k,mode=700
            710 5 6
            """);
  }

  @Test
  void letsMountsTravelAsAskedFor() throws Exception {
    Path shared = Files.createDirectories(RUN.directory().resolve("shared"));
    assertThat(sh("mount --bind " + shared + " " + shared + " && mount --make-shared " + shared))
        .isZero();
    try {
      RUN.up(
          ServiceRun.service(
              """
              cap_add: [SYS_ADMIN]
              volumes:
                - {type: bind, source: ./shared, target: /private}
                - {type: bind, source: ./shared, target: /slave, bind: {propagation: rslave}}
                - ./shared:/shared:shared
              """,
              "sleep 1000"));
      Path inner = Files.createDirectories(shared.resolve("inner"));
      assertThat(sh("mount -t tmpfs inner " + inner + " && echo x > " + inner + "/file")).isZero();
      try {
        assertThat(RUN.exec("it-box-1", "ls /private/inner /slave/inner /shared/inner"))
            .isEqualTo("/private/inner:\n\n/shared/inner:\nfile\n\n/slave/inner:\nfile\n");
      } finally {
        sh("umount " + inner);
      }
      RUN.exec(
          "it-box-1",
          "mkdir /shared/back && mount -t tmpfs back /shared/back && echo y > /shared/back/file");
      assertThat(shared.resolve("back/file")).exists();
      sh("umount " + shared.resolve("back"));
    } finally {
      sh("umount " + shared);
    }
  }

  @Test
  void refusesToShareWhatTheHostDoesNotShare() throws Exception {
    Files.createDirectories(RUN.directory().resolve("own"));
    Path own = RUN.directory().resolve("own");
    sh("mount --bind " + own + " " + own + " && mount --make-private " + own);
    try {
      assertThat(
              RUN.refusal(
                  "volumes: [{type: bind, source: ./own, target: /x, bind: {propagation:"
                      + " shared}}]"))
          .contains("shared");
    } finally {
      sh("umount " + own);
    }
  }

  @Test
  void makesOnlyTheTopReadOnlyOrAllBelowToo() throws Exception {
    Path top = Files.createDirectories(RUN.directory().resolve("top/below"));
    sh("mount -t tmpfs below " + top);
    try {
      assertThat(
              RUN.output(
                  """
                  volumes:
                    - {type: bind, source: ./top, target: /a, read_only: true}
                    - {type: bind, source: ./top, target: /b, read_only: true, bind: {recursive: writable}}
                    - {type: bind, source: ./top, target: /c, read_only: true, bind: {recursive: disabled}}
                  """,
                  """
                  for m in /a /b /c; do
                    touch $m/x 2>/dev/null && echo wrote $m
                    touch $m/below/x 2>/dev/null && echo wrote $m/below
                  done
                  mountpoint -q /c/below || echo alone
                  """))
          .isEqualTo("wrote /b/below\nalone\n");
    } finally {
      sh("umount " + top);
    }
  }

  @Test
  void showsAPartOfAVolume() throws Exception {
    RUN.up(
        """
        services:
          first: {image: jcompose/base, command: sh -c "mkdir -p /v/sub/deep && echo part > /v/sub/deep/f", volumes: ["data:/v"]}
          part:
            image: jcompose/base
            command: cat /p/f
            depends_on: {first: {condition: service_completed_successfully}}
            volumes: [{type: volume, source: data, target: /p, volume: {subpath: sub/deep}}]
          taker: {image: jcompose/base, command: ls /p, volumes_from: [part], depends_on: {part: {condition: service_completed_successfully}}}
        volumes: {data: }
        """);
    RUN.engine().awaitExit("it-part-1");
    assertThat(RUN.logs("it-part-1")).isEqualTo("part\n");
    RUN.engine().awaitExit("it-taker-1");
    assertThat(RUN.logs("it-taker-1")).isEqualTo("f\n");
    assertThat(RUN.engine().path("it-part-1", "/p/f")).isPresent();
  }

  @Test
  void fillsAnEmptyVolumeUnlessToldNotTo() throws Exception {
    RUN.up(
        """
        services:
          box:
            image: jcompose/base
            command: sh -c "ls /etc/passwd; ls /usr/lib | wc -l"
            entrypoint: []
            volumes:
              - {type: volume, source: etc, target: /etc}
              - {type: volume, source: bare, target: /var, volume: {nocopy: true}}
        volumes: {etc: , bare: }
        """);
    RUN.engine().awaitExit("it-box-1");
    assertThat(RUN.logs("it-box-1")).startsWith("/etc/passwd\n");
  }

  @Test
  void refusesAPartOfAVolumeThatIsNotThere() throws Exception {
    assertThat(RUN.refusal("volumes: [{type: volume, target: /p, volume: {subpath: ../..}}]"))
        .contains("inside the volume");
  }

  /** Three layers below each other, the last of which deletes something of the second. */
  private static final String ASSETS =
      """
        assets:
          image: it/assets:1
          command: "true"
          build:
            context: .
            dockerfile_inline: |
              FROM jcompose/base
              RUN mkdir /site && echo page >/site/page && echo gone >/site/gone
              RUN rm /site/gone
      """;

  @ParameterizedTest
  @ValueSource(strings = {"", "runc", "crun"})
  void showsAnImageAndAPartOfItWhoeverRunsTheService(String runtime) throws Exception {
    assumeTrue(
        runtime.isEmpty()
            || Files.isExecutable(Path.of("/usr/sbin", runtime))
            || Files.isExecutable(Path.of("/usr/bin", runtime)),
        "SKIPPED: " + runtime + " is not installed");
    RUN.up(
        ServiceRun.service(
                (runtime.isEmpty() ? "" : "runtime: " + runtime + "\n")
                    + """
                    volumes:
                      - {type: image, source: "it/assets:1", target: /assets}
                      - {type: image, source: "it/assets:1", target: /some/site, image: {subpath: site}}
                      - {type: image, source: "it/assets:1", target: /some/page, image: {subpath: ./site/page}}
                      - {type: image, source: jcompose/base, target: /one/layer}
                    """,
                """
                exec 2>&1
                ls /assets/site /some/site; cat /some/page /assets/site/page; ls /one/layer/usr/bin/sh
                for it in /assets /some/site /one/layer; do touch $it/new; done
                touch /some/page
                """)
            + ASSETS);
    RUN.engine().awaitExit("it-box-1");
    assertThat(RUN.logs("it-box-1").replace("'", ""))
        .isEqualTo(
            """
            /assets/site:
            page

            /some/site:
            page
            page
            page
            /one/layer/usr/bin/sh
            touch: cannot touch /assets/new: Read-only file system
            touch: cannot touch /some/site/new: Read-only file system
            touch: cannot touch /one/layer/new: Read-only file system
            touch: cannot touch /some/page: Read-only file system
            """);
  }

  @Test
  void anotherServiceTakesThePartOfAnImageOver() throws Exception {
    String owner =
        ServiceRun.service(
                "volumes: [{type: image, source: \"it/assets:1\", target: /i, image: {subpath:"
                    + " site}}]",
                "true")
            + ASSETS;
    RUN.up(owner);
    RUN.up(
        owner
            + "  taker: {image: jcompose/base, command: ls /i, volumes_from: [box], depends_on:"
            + " [box]}\n");
    RUN.engine().awaitExit("it-taker-1");
    assertThat(RUN.logs("it-taker-1")).isEqualTo("page\n");
  }

  @Test
  void refusesAPartOfAnImageThatIsNotThereOrLeadsOut() throws Exception {
    String mount = "volumes: [{type: image, source: jcompose/base, target: /i, image: {subpath: ";
    assertThat(RUN.refusal(mount + "no/such}}]"))
        .contains("no such path inside image jcompose/base");
    assertThat(RUN.refusal(mount + "../etc}}]"))
        .contains("must be a relative path inside the image");
  }

  @Test
  void takesMountsFromServicesAndContainers() throws Exception {
    String owner =
        """
        services:
          owner: {image: jcompose/base, command: sh -c "echo kept > /data/f; exec sleep 1000", volumes: ["data:/data"], healthcheck: {test: test -f /data/f, interval: 1s, start_interval: 50ms, start_period: 5s}}
        """;
    String volumes = "volumes: {data: }\n";
    RUN.up(owner + volumes);
    RUN.up(
        owner
            + """
              writer: {image: jcompose/base, command: sh -c "cat /data/f && touch /data/g && echo wrote", volumes_from: [owner], depends_on: {owner: {condition: service_healthy}}}
              reader: {image: jcompose/base, command: sh -c "cat /data/f; touch /data/h 2>&1 || echo kept out", volumes_from: ["container:it-owner-1:ro"], depends_on: {owner: {condition: service_healthy}}}
            """
            + volumes);
    RUN.engine().awaitExit("it-writer-1");
    RUN.engine().awaitExit("it-reader-1");
    assertThat(RUN.logs("it-writer-1")).isEqualTo("kept\nwrote\n");
    assertThat(RUN.logs("it-reader-1")).matches("kept\n.*Read-only file system\nkept out\n");
  }

  @Test
  void acceptsLabelsForSelinux() throws Exception {
    Files.createDirectories(RUN.directory().resolve("labelled"));
    assertThat(
            RUN.output("volumes: ['./labelled:/l:Z', './labelled:/m:ro,z']", "touch /l/x && ls /m"))
        .isEqualTo("x\n");
  }

  private static int sh(String line) throws Exception {
    return new ProcessBuilder("sh", "-c", line).inheritIO().start().waitFor();
  }
}
