package dev.jcompose.engine.network.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.network.PortBinding.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortHolderTest {
  @TempDir private Path proc;

  @BeforeEach
  void aProcessThatListensOnPort8080() throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/tcp"),
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
           1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
        """);
    Path descriptors = Files.createDirectories(proc.resolve("99/fd"));
    Files.createSymbolicLink(descriptors.resolve("3"), Path.of("socket:[4711]"));
    Files.writeString(proc.resolve("99/comm"), "nginx\n");
  }

  @Test
  void theProcessIsNamed() {
    assertThat(new PortHolder(proc).find(Protocol.TCP, 8080)).contains("process 99 (nginx)");
  }

  @Test
  void connectionsAndOtherProtocolsDoNotCount() {
    assertThat(new PortHolder(proc).find(Protocol.TCP, 8081)).isEmpty();
    assertThat(new PortHolder(proc).find(Protocol.UDP, 8080)).isEmpty();
  }
}
