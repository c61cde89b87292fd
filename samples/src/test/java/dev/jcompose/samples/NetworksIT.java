package dev.jcompose.samples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworksIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  private static final Path FOLDER = Jcompose.sample("networks");
  private static int tcpPort;
  private static int udpPort;
  private static Map<String, String> environment = Map.of();

  @BeforeAll
  static void up() throws IOException {
    try (ServerSocket tcp = new ServerSocket(0);
        DatagramSocket udp = new DatagramSocket()) {
      tcpPort = tcp.getLocalPort();
      udpPort = udp.getLocalPort();
    }
    environment =
        Map.of("TCP_PORT", Integer.toString(tcpPort), "UDP_PORT", Integer.toString(udpPort));
    JCOMPOSE.runIn(FOLDER, environment, "up", "-d", "--wait").succeeded();
  }

  @AfterAll
  static void down() {
    JCOMPOSE.runIn(FOLDER, environment, "down", "-v").succeeded();
  }

  @Test
  void answersServiceNamesAndAliases() {
    String address = addresses("gateway", "shop");

    assertThat(address).isNotBlank();
    assertThat(addresses("gateway", "store")).isEqualTo(address);
    assertThat(addresses("gateway", "boutique")).isEqualTo(address);
    assertThat(addresses("gateway", "networks-shop-1")).isEqualTo(address);
  }

  @Test
  void answersAllReplicasOfAServiceInChangingOrder() {
    assertThat(addresses("gateway", "clerk").lines()).hasSize(3);
    assertThat(addresses("gateway", "networks-clerk-2").lines()).hasSize(1);
  }

  @Test
  void keepsNamesAndPacketsOfOneNetworkOutOfTheOther() {
    assertThat(exec("clerk", "getent", "hosts", "vault").exitCode()).isNotZero();
    String vault = addresses("gateway", "vault");

    assertThat(connects("clerk", vault, 7)).isFalse();
  }

  @Test
  void reachesTheServiceByNameFromItsOwnNetwork() {
    assertThat(connects("clerk", "shop", 7)).isTrue();
    assertThat(connects("gateway", "store", 7)).isTrue();
  }

  @Test
  void publishesATcpPortOnLoopback() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tcpPort)) {
      socket.getOutputStream().write("hello\n".getBytes(US_ASCII));
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("hello\n");
    }
  }

  @Test
  void publishesAUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(5000);
      byte[] hello = "hello".getBytes(US_ASCII);
      socket.send(
          new DatagramPacket(hello, hello.length, InetAddress.getLoopbackAddress(), udpPort));
      DatagramPacket answer = new DatagramPacket(new byte[64], 64);
      socket.receive(answer);

      assertThat(new String(answer.getData(), 0, answer.getLength(), US_ASCII)).isEqualTo("hello");
    }
  }

  @Test
  void hasNoRouteOutOfAnInternalNetwork() {
    assertThat(exec("vault", "cat", "/proc/net/route").succeeded().stdout().lines())
        .as("one line of titles, one for the network's own subnet")
        .hasSize(2);
  }

  private static boolean connects(String service, String host, int port) {
    String command = "exec 3<>/dev/tcp/" + host + "/" + port;
    return exec(service, "timeout", "2", "bash", "-c", command).exitCode() == 0;
  }

  private static String addresses(String service, String name) {
    return exec(service, "getent", "ahostsv4", name)
        .succeeded()
        .stdout()
        .lines()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .distinct()
        .sorted()
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }

  private static Result exec(String service, String... command) {
    String[] all = new String[command.length + 3];
    all[0] = "exec";
    all[1] = "-T";
    all[2] = service;
    System.arraycopy(command, 0, all, 3, command.length);
    return JCOMPOSE.runIn(FOLDER, environment, all);
  }
}
