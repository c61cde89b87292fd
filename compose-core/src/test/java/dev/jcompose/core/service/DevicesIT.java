package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Devices that a vendor describes in files (CDI), and GPUs. */
class DevicesIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  private static final Path PLACE = Path.of("/var/run/cdi");
  private static final Path FILE = PLACE.resolve("jcompose-it.json");

  @AfterEach
  void remove() throws Exception {
    Files.deleteIfExists(FILE);
    if (Files.isDirectory(PLACE) && PLACE.toFile().list().length == 0) {
      Files.delete(PLACE);
    }
  }

  private static void describe(String edits) throws Exception {
    Files.createDirectories(PLACE);
    Files.writeString(
        FILE,
        """
        {"cdiVersion": "0.6.0", "kind": "it.example/thing",
         "containerEdits": {"env": ["THINGS=all"]},
         "devices": [{"name": "one", "containerEdits": %s}]}
        """
            .formatted(edits));
  }

  @Test
  void makesTheChangesThatADescriptionAsksFor() throws Exception {
    describe(
        """
        {"env": ["THING=one"],
         "deviceNodes": [{"path": "/dev/thing", "hostPath": "/dev/zero", "permissions": "r", "fileMode": 420}],
         "mounts": [{"hostPath": "/usr/share", "containerPath": "/thing", "options": ["ro", "bind"]}],
         "additionalGids": [4242]}
        """);
    assertThat(
            RUN.output(
                "devices: ['it.example/thing=one']",
                "echo $THINGS $THING; stat -c '%t:%T %a' /dev/thing; head -c 1 /dev/thing | wc -c;"
                    + " mountpoint -q /thing && echo mounted; grep -c 4242 /proc/self/status"))
        .isEqualTo("all one\n1:5 644\n1\nmounted\n1\n");
  }

  @Test
  void refusesWhatNobodyDescribesOrThatNeedsMore() throws Exception {
    assertThat(RUN.refusal("devices: ['it.example/thing=two']"))
        .contains("it.example/thing=two")
        .contains("/etc/cdi");
    assertThat(RUN.refusal("gpus: all")).contains("nvidia.com/gpu=all").contains("/etc/cdi");
    assertThat(
            RUN.refusal(
                "deploy: {resources: {reservations: {devices: [{driver: tpu, capabilities:"
                    + " [tpu]}]}}}"))
        .contains("tpu");
    describe("{\"hooks\": [{\"hookName\": \"createContainer\", \"path\": \"/bin/true\"}]}");
    assertThat(RUN.refusal("devices: ['it.example/thing=one']")).contains("hooks");
  }
}
