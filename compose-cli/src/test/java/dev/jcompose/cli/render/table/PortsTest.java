package dev.jcompose.cli.render.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.port.view.PortView;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void joinsNeighboursToARange() {
    assertThat(
            Ports.of(
                List.of(
                    new PortView("0.0.0.0", 8081, 81, "tcp"),
                    new PortView("0.0.0.0", 8080, 80, "tcp"))))
        .isEqualTo("0.0.0.0:8080-8081->80-81/tcp");
  }

  @Test
  void keepsPortsApartThatAreNotPublishedInStep() {
    assertThat(
            Ports.of(
                List.of(
                    new PortView("127.0.0.1", 9000, 80, "tcp"),
                    new PortView("127.0.0.1", 9002, 81, "tcp"))))
        .isEqualTo("127.0.0.1:9000->80/tcp, 127.0.0.1:9002->81/tcp");
  }

  @Test
  void putsIpv6AddressesInBrackets() {
    assertThat(Ports.of(List.of(new PortView("::", 80, 80, "tcp")))).isEqualTo("[::]:80->80/tcp");
  }

  @Test
  void showsUnpublishedPortsWithoutAnAddress() {
    assertThat(Ports.of(List.of(new PortView("", 0, 53, "udp")))).isEqualTo("53/udp");
  }

  @Test
  void isEmptyWithoutPorts() {
    assertThat(Ports.of(List.of())).isEmpty();
  }
}
