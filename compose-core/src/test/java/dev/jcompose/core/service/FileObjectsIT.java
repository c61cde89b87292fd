package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Configs and secrets from files, texts and the environment. */
class FileObjectsIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  private static final String OBJECTS =
      """
      configs:
        text: {content: "hello\\n"}
      secrets:
        password: {environment: IT_PASSWORD}
        key: {file: ./key.txt}
      """;

  private static String service(String attributes) {
    return """
    services:
      box:
        image: jcompose/base
        user: nobody
        command:
          - sh
          - -c
          - |
            stat -c '%n %a %u %g' /text /etc/app/text /run/secrets/password /run/secrets/key /run/secrets/mine
            cat /text /etc/app/text /run/secrets/password /run/secrets/key /run/secrets/mine
            touch /probe 2>&1 | grep -c Read-only
        configs:
          - text
          - {source: text, target: /etc/app/text, uid: "65534", gid: "5", mode: 0440}
        secrets:
          - password
          - key
          - {source: key, target: mine, uid: "65534", gid: "5", mode: 0400}
    """
        + attributes.indent(4);
  }

  private static final String EXPECTED =
      """
      /text 444 0 0
      /etc/app/text 440 65534 5
      /run/secrets/password 444 0 0
      /run/secrets/key 644 0 0
      /run/secrets/mine 400 65534 5
      hello
      hello
      swordfishopen
      open
      """;

  @Test
  void putsThemIntoTheContainer() throws Exception {
    Files.writeString(RUN.directory().resolve("key.txt"), "open\n");
    Files.writeString(RUN.directory().resolve(".env"), "IT_PASSWORD=swordfish\n");
    RUN.up(service("") + OBJECTS);
    RUN.engine().awaitExit("it-box-1");
    assertThat(RUN.logs("it-box-1")).isEqualTo(EXPECTED + "0\n");
  }

  @Test
  void putsThemIntoAReadOnlyContainerToo() throws Exception {
    Files.writeString(RUN.directory().resolve("key.txt"), "open\n");
    Files.writeString(RUN.directory().resolve(".env"), "IT_PASSWORD=swordfish\n");
    RUN.up(service("read_only: true") + OBJECTS);
    RUN.engine().awaitExit("it-box-1");
    assertThat(RUN.logs("it-box-1")).isEqualTo(EXPECTED + "1\n");
  }
}
