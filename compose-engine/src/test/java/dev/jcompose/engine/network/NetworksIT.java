package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.EventThread;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.NamespaceThread;
import dev.jcompose.engine.linux.jna.JnaKernel;
import dev.jcompose.engine.linux.jna.JnaNetlinkSockets;
import dev.jcompose.engine.linux.netlink.Link;
import dev.jcompose.engine.linux.netlink.RouteConnection;
import dev.jcompose.engine.linux.netlink.nft.NftConnection;
import dev.jcompose.engine.network.PortBinding.Protocol;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root: network namespaces stand in for containers, and one for the world outside. */
class NetworksIT {
  private static final String OUTSIDE_LINK = "jvit" + ProcessHandle.current().pid();
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");
  private static final InetAddress HOST_OUTSIDE = InetAddress.ofLiteral("198.51.100.1");
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("198.51.100.2");

  @TempDir private Path root;
  private final JnaNetlinkSockets sockets = new JnaNetlinkSockets();
  private final List<StandIn> standIns = new ArrayList<>();
  private Kernel kernel;
  private KernelEvents events;
  private EngineNetworks networks;

  @BeforeEach
  void open() {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root: makes network namespaces");
    kernel = new JnaKernel();
    events = new EventThread(kernel);
    networks = EngineNetworks.open(StateDirectory.of(root), kernel, events, sockets);
    networks.adopt(List.of());
  }

  @AfterEach
  void removeEverything() throws Exception {
    if (networks == null) {
      return;
    }
    for (StandIn standIn : standIns) {
      networks.closeDns(standIn.id);
      networks.unpublish(standIn.id);
      standIn.close();
    }
    for (Network network : networks.list()) {
      networks.endpoints(network.id()).forEach(networks::disconnect);
      if (!network.predefined()) {
        networks.remove(network.id());
      }
    }
    networks.close();
    events.close();
    // Whatever a failed test left, and the default bridge, which cannot be removed.
    try (Links links = new Links(Links.ownerOf(root), kernel, sockets);
        NftConnection nft = NftConnection.open(sockets)) {
      links.removeLeftovers(Set.of());
      nft.delete(table());
    }
    try (RouteConnection links = RouteConnection.open(sockets)) {
      links.delete(OUTSIDE_LINK);
    }
  }

  private String table() {
    return StateDirectory.of(root).identity().firewallTable();
  }

  private StandIn container(String name) throws IOException {
    StandIn standIn = new StandIn(name, new NamespaceThread(kernel));
    standIns.add(standIn);
    return standIn;
  }

  private EndpointLease plug(StandIn container, String network, String... aliases) {
    EndpointLease lease = networks.reserve(network, container.request(aliases));
    networks.connect(container.namespace, List.of(lease));
    return lease;
  }

  private static InetAddress addressOf(EndpointLease lease) {
    return Objects.requireNonNull(lease.address()).address();
  }

  /** A namespace that knows this machine as its neighbour, and no way to any container. */
  private StandIn outside() throws Exception {
    StandIn outside = container("outside");
    run("ip link add " + OUTSIDE_LINK + " type veth peer name eth0 netns " + outside.pid());
    run("ip addr add 198.51.100.1/24 dev " + OUTSIDE_LINK);
    run("ip link set " + OUTSIDE_LINK + " up");
    run("nsenter -t " + outside.pid() + " -n ip addr add 198.51.100.2/24 dev eth0");
    run("nsenter -t " + outside.pid() + " -n ip link set eth0 up");
    return outside;
  }

  private static void run(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + ": " + output).isZero();
  }

  @Test
  void containersOfANetworkReachEachOtherAtOnce() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn one = container("one");
    StandIn two = container("two");
    EndpointLease first = plug(one, "web");
    one.serveTcp(80);
    EndpointLease second = plug(two, "web");

    assertThat(two.askTcp(addressOf(first), 80, "hello"))
        .isEqualTo(addressOf(second).getHostAddress() + " hello");
  }

  @Test
  void containersOfDifferentNetworksDoNotReachEachOther() throws Exception {
    networks.create(NetworkSpec.bridge("front"));
    networks.create(NetworkSpec.bridge("back"));
    StandIn one = container("one");
    StandIn two = container("two");
    EndpointLease first = plug(one, "front");
    one.serveTcp(80);
    plug(two, "back");

    assertThatThrownBy(() -> two.askTcp(addressOf(first), 80, "hello"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aContainerOfTwoNetworksReachesBothAndItsDefaultRouteFollowsThePriority() throws Exception {
    networks.create(NetworkSpec.bridge("front"));
    networks.create(NetworkSpec.bridge("back"));
    StandIn one = container("one");
    StandIn two = container("two");
    StandIn both = container("both");
    EndpointLease first = plug(one, "front");
    EndpointLease second = plug(two, "back");
    one.serveTcp(80);
    two.serveTcp(80);
    plug(both, "front");
    EndpointLease preferred =
        networks.reserve(
            "back", new EndpointRequest(both.id, both.name, List.of(), null, null, 10, Map.of()));
    networks.connect(both.namespace, List.of(preferred));

    assertThat(both.askTcp(addressOf(first), 80, "x")).endsWith("x");
    assertThat(both.askTcp(addressOf(second), 80, "x")).endsWith("x");
    assertThat(defaultGateway(both)).isEqualTo(preferred.gateway());
    networks.disconnect(preferred);
    assertThat(defaultGateway(both)).isEqualTo(first.gateway());
  }

  private static InetAddress defaultGateway(StandIn container) throws Exception {
    return container.inside(
        () -> {
          List<String> route =
              Files.readAllLines(Path.of("/proc/thread-self/net/route")).stream()
                  .map(line -> List.of(line.split("\t", -1)))
                  .filter(columns -> columns.get(1).equals("00000000"))
                  .findFirst()
                  .orElseThrow();
          byte[] bytes = HexFormat.of().parseHex(route.get(2));
          return InetAddress.getByAddress(new byte[] {bytes[3], bytes[2], bytes[1], bytes[0]});
        });
  }

  @Test
  void packetsGoingOutCarryTheAddressOfThisMachine() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn outside = outside();
    outside.serveTcp(80);
    StandIn inside = container("inside");
    plug(inside, "web");

    assertThat(inside.askTcp(OUTSIDE, 80, "hello")).isEqualTo("198.51.100.1 hello");
  }

  @Test
  void anInternalNetworkReachesItsMembersOnly() throws Exception {
    networks.create(internal("secret"));
    StandIn outside = outside();
    outside.serveTcp(80);
    StandIn one = container("one");
    StandIn two = container("two");
    EndpointLease first = plug(one, "secret");
    one.serveTcp(80);
    plug(two, "secret");

    assertThat(two.askTcp(addressOf(first), 80, "x")).endsWith("x");
    assertThatThrownBy(() -> two.askTcp(OUTSIDE, 80, "x")).isInstanceOf(IOException.class);
    assertThat(networks.publish(one.id, List.of(PortBinding.of(0, 80, Protocol.TCP)), first))
        .isEmpty();
  }

  private static NetworkSpec internal(String name) {
    return new NetworkSpec(
        name, "bridge", List.of(), true, false, false, Map.of(), Map.of(), Map.of());
  }

  @Test
  void nobodyOutsideReachesAContainerDirectly() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn outside = outside();
    run("nsenter -t " + outside.pid() + " -n ip route add default via 198.51.100.1");
    StandIn inside = container("inside");
    EndpointLease lease = plug(inside, "web");
    inside.serveTcp(80);
    networks.publish(inside.id, List.of(PortBinding.of(0, 80, Protocol.TCP)), lease);

    assertThatThrownBy(() -> outside.askTcp(addressOf(lease), 80, "x"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPublishedPortIsReachedFromEverywhere() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    networks.create(NetworkSpec.bridge("other"));
    StandIn outside = outside();
    StandIn server = container("server");
    StandIn neighbour = container("neighbour");
    StandIn stranger = container("stranger");
    EndpointLease lease = plug(server, "web");
    plug(neighbour, "web");
    EndpointLease foreign = plug(stranger, "other");
    server.serveTcp(80);
    List<PublishedPort> ports =
        networks.publish(server.id, List.of(PortBinding.of(0, 80, Protocol.TCP)), lease);

    int port = ports.getFirst().hostPort();
    assertThat(ports).extracting(PublishedPort::hostPort).containsOnly(port);
    assertThat(StandIn.tcp(LOOPBACK, port, "a")).endsWith(" a");
    assertThat(StandIn.tcp(LOOPBACK6, port, "b")).endsWith(" b");
    assertThat(StandIn.tcp(HOST_OUTSIDE, port, "c")).endsWith(" c");
    assertThat(outside.askTcp(HOST_OUTSIDE, port, "d")).isEqualTo("198.51.100.2 d");
    assertThat(stranger.askTcp(HOST_OUTSIDE, port, "e")).endsWith(" e");
    assertThat(stranger.askTcp(Objects.requireNonNull(foreign.gateway()), port, "f"))
        .endsWith(" f");
    assertThat(neighbour.askTcp(HOST_OUTSIDE, port, "g")).endsWith(" g");
    assertThat(server.askTcp(HOST_OUTSIDE, port, "h")).endsWith(" h");

    networks.unpublish(server.id);
    assertThatThrownBy(() -> StandIn.tcp(LOOPBACK, port, "x")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> outside.askTcp(HOST_OUTSIDE, port, "x"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aUdpPortIsReachedFromEverywhere() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn outside = outside();
    StandIn server = container("server");
    StandIn neighbour = container("neighbour");
    EndpointLease lease = plug(server, "web");
    plug(neighbour, "web");
    server.serveUdp(53);
    int port =
        networks
            .publish(server.id, List.of(PortBinding.of(0, 53, Protocol.UDP)), lease)
            .getFirst()
            .hostPort();

    assertThat(StandIn.udp(LOOPBACK, port, "a".getBytes(StandardCharsets.UTF_8))).endsWith(" a");
    assertThat(outside.askUdp(HOST_OUTSIDE, port, "b")).isEqualTo("198.51.100.2 b");
    assertThat(neighbour.askUdp(HOST_OUTSIDE, port, "c")).endsWith(" c");
  }

  @Test
  void aUdpClientIsLedToTheNewContainerWhenThePortMoves() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn outside = outside();
    StandIn first = container("first");
    StandIn second = container("second");
    EndpointLease old = plug(first, "web");
    EndpointLease young = plug(second, "web");
    first.serveUdp(53);
    second.serveUdp(53);
    int port =
        networks
            .publish(first.id, List.of(PortBinding.of(0, 53, Protocol.UDP)), old)
            .getFirst()
            .hostPort();
    try (DatagramSocket client = outside.inside(() -> new DatagramSocket())) {
      client.setSoTimeout(StandIn.TIMEOUT_MILLIS);
      client.connect(new InetSocketAddress(HOST_OUTSIDE, port));
      assertThat(exchange(client)).isEqualTo("198.51.100.2 x");
      networks.unpublish(first.id);
      first.close();
      networks.publish(second.id, List.of(PortBinding.of(port, 53, Protocol.UDP)), young);
      assertThat(exchange(client)).isEqualTo("198.51.100.2 x");
    }
  }

  private static String exchange(DatagramSocket client) throws IOException {
    client.send(new DatagramPacket(new byte[] {'x'}, 1));
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    client.receive(answer);
    return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
  }

  @Test
  void aPortPublishedOnLoopbackStaysThere() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn outside = outside();
    StandIn server = container("server");
    EndpointLease lease = plug(server, "web");
    server.serveTcp(80);
    int port =
        networks
            .publish(
                server.id, List.of(new PortBinding(80, Protocol.TCP, "127.0.0.1", 0, 0)), lease)
            .getFirst()
            .hostPort();

    assertThat(StandIn.tcp(LOOPBACK, port, "a")).endsWith(" a");
    assertThatThrownBy(() -> outside.askTcp(HOST_OUTSIDE, port, "x"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPortThatIsTakenIsRefusedWithItsHolderAndNothingStaysBound() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn server = container("server");
    EndpointLease lease = plug(server, "web");
    int free = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(
              () ->
                  networks.publish(
                      server.id,
                      List.of(
                          PortBinding.of(free, 81, Protocol.TCP),
                          PortBinding.of(taken.getLocalPort(), 80, Protocol.TCP)),
                      lease))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("0.0.0.0:" + taken.getLocalPort() + "/tcp")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      try (ServerSocket again = new ServerSocket(free)) {
        assertThat(again.isBound()).isTrue();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  @Test
  void aRangeGivesTheFirstFreePort() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn server = container("server");
    EndpointLease lease = plug(server, "web");
    try (ServerSocket taken = new ServerSocket(0)) {
      int first = taken.getLocalPort();
      assumeTrue(first < 65000);
      List<PublishedPort> ports =
          networks.publish(
              server.id, List.of(new PortBinding(80, Protocol.TCP, "", first, first + 20)), lease);
      assertThat(ports.getFirst().hostPort()).isBetween(first + 1, first + 20);
    }
  }

  @Test
  void namesOfTheNetworkAreAnsweredInsideAContainer() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn asking = container("asking");
    StandIn db1 = container("db-1");
    StandIn db2 = container("db-2");
    plug(asking, "web");
    networks.openDns(asking.id, asking.namespace, DnsOptions.DEFAULT);
    EndpointLease first = plug(db1, "web", "db");
    EndpointLease second = plug(db2, "web", "db");

    assertThat(lookup(asking, "db-1")).containsExactly(addressOf(first));
    assertThat(lookup(asking, "DB")).containsExactlyInAnyOrder(addressOf(first), addressOf(second));
    assertThat(lookup(asking, "db.web")).hasSize(2);
    assertThat(lookup(asking, db2.id.substring(0, 12))).containsExactly(addressOf(second));
    networks.disconnect(first);
    assertThat(lookup(asking, "db")).containsExactly(addressOf(second));
  }

  @Test
  void aContainerThatServesPort53ItselfCanBindItAndStillResolvesNames() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn server = container("server");
    EndpointLease lease = plug(server, "web");
    networks.publish(server.id, List.of(PortBinding.of(0, 53, Protocol.UDP)), lease);
    networks.openDns(server.id, server.namespace, DnsOptions.DEFAULT);
    server.serveUdp(53);
    server.serveTcp(53);

    assertThat(lookup(server, "server")).containsExactly(addressOf(lease));
    assertThat(server.askUdp(addressOf(lease), 53, "own")).endsWith(" own");
  }

  private static List<InetAddress> lookup(StandIn asking, String name) throws Exception {
    byte[] answer =
        asking.inside(
            () ->
                StandIn.udpBytes(
                    InetAddress.ofLiteral("127.0.0.11"), 53, DnsQueries.query(7, name, 1)));
    return DnsQueries.addresses(answer);
  }

  @Test
  void questionsAboutTheWorldGoToTheMachinesNameServersButNotFromInternalNetworks()
      throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    networks.create(internal("secret"));
    StandIn open = container("open");
    StandIn shut = container("shut");
    plug(open, "web");
    plug(shut, "secret");
    InetAddress server = InetAddress.ofLiteral("127.0.77.53");
    DnsOptions options = new DnsOptions(List.of("127.0.77.53"), List.of(), List.of(), Map.of());
    networks.openDns(open.id, open.namespace, options);
    networks.openDns(shut.id, shut.namespace, options);
    try (var upstream = DnsQueries.server(server, InetAddress.ofLiteral("203.0.113.9"))) {
      assertThat(lookup(open, "example.org")).containsExactly(InetAddress.ofLiteral("203.0.113.9"));
      assertThat(lookup(shut, "example.org")).isEmpty();
      assertThat(upstream.questions()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsLeftAfterTheLastNetworkIsGone() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn one = container("one");
    EndpointLease lease = plug(one, "web");
    assertThatThrownBy(() -> networks.remove("web"))
        .isInstanceOf(EngineException.Forbidden.class)
        .hasMessageContaining("one");
    one.die();
    networks.disconnect(lease);
    networks.remove("web");

    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(root.resolve("networks")).isEmptyDirectory();
    try (RouteConnection links = RouteConnection.open(sockets)) {
      assertThat(links.links()).extracting(Link::alias).doesNotContain("jcompose " + root);
    }
    if (Path.of("/usr/sbin/nft").toFile().exists()) {
      Process list = new ProcessBuilder("nft", "list", "tables").start();
      assertThat(new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain(table());
    }
  }

  @Test
  void aNewEngineTakesOverWhatRunsAndRemovesWhatDoesNot() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn survivor = container("survivor");
    StandIn lost = container("lost");
    EndpointLease lease = plug(survivor, "web");
    EndpointLease leftover = plug(lost, "web");
    survivor.serveTcp(80);
    networks.openDns(survivor.id, survivor.namespace, DnsOptions.DEFAULT);
    List<PublishedPort> ports =
        networks.publish(survivor.id, List.of(PortBinding.of(0, 80, Protocol.TCP)), lease);
    networks.close();

    networks = EngineNetworks.open(StateDirectory.of(root), kernel, events, sockets);
    List<String> problems =
        networks.adopt(
            List.of(
                new ConnectedContainer(
                    survivor.id, survivor.namespace, List.of(lease), ports, DnsOptions.DEFAULT)));

    assertThat(problems).isEmpty();
    assertThat(StandIn.tcp(LOOPBACK, ports.getFirst().hostPort(), "x")).endsWith(" x");
    assertThat(lookup(survivor, "survivor")).containsExactly(addressOf(lease));
    assertThat(lookup(survivor, "lost")).isEmpty();
    try (RouteConnection links = RouteConnection.open(sockets)) {
      assertThat(links.link(leftover.hostInterface())).isEmpty();
      assertThat(links.link(lease.hostInterface())).isPresent();
    }
    StandIn next = container("next");
    assertThat(addressOf(plug(next, "web"))).isNotEqualTo(addressOf(lease));
  }

  @Test
  void theDefaultBridgeIsMadeAtFirstUseAndGoesWithItsLastContainer() throws Exception {
    assertThat(networks.get("bridge").pools()).isEmpty();
    StandIn one = container("one");
    EndpointLease lease = plug(one, "bridge");
    assertThat(lease.address()).isNotNull();
    assertThat(networks.get("bridge").pools()).hasSize(1);
    networks.disconnect(lease);
    Awaitility.await().until(() -> networks.get("bridge").pools().isEmpty());
    assertNothingIsLeft();
  }

  @Test
  void aPortIsServedForAClientThatKeepsItsConnection() throws Exception {
    networks.create(NetworkSpec.bridge("web"));
    StandIn server = container("server");
    EndpointLease lease = plug(server, "web");
    server.serveTcp(80);
    int port =
        networks
            .publish(server.id, List.of(PortBinding.of(0, 80, Protocol.TCP)), lease)
            .getFirst()
            .hostPort();
    byte[] much = new byte[3_000_000];
    Arrays.fill(much, (byte) 'x');
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port));
      socket.getOutputStream().write(much);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes().length).isGreaterThan(much.length);
    }
  }

  @Test
  void cve202554388NetworksStayApartAndPortsOpenWhenSomebodyFlushesAllRules() throws Exception {
    networks.create(NetworkSpec.bridge("front"));
    networks.create(NetworkSpec.bridge("back"));
    StandIn outside = outside();
    StandIn one = container("one");
    StandIn two = container("two");
    EndpointLease first = plug(one, "front");
    one.serveTcp(80);
    plug(two, "back");
    outside.serveTcp(80);

    for (int flush = 0; flush < 3; flush++) {
      // As whoever flushes all does it, but only to the table of this test.
      try (NftConnection somebody = NftConnection.open(sockets)) {
        somebody.delete(table());
        await().until(() -> somebody.has(table()));
      }
      assertThatThrownBy(() -> two.askTcp(addressOf(first), 80, "hello"))
          .isInstanceOf(IOException.class);
      assertThat(one.askTcp(OUTSIDE, 80, "hello"))
          .isEqualTo(HOST_OUTSIDE.getHostAddress() + " hello");
    }
  }

  @Test
  void subnetsThatOverlapAreRefused() {
    AddressPool pool = new AddressPool(Cidr.parse("10.213.7.0/24"), null, null, Map.of());
    NetworkSpec one =
        new NetworkSpec(
            "one", "", List.of(pool), false, false, false, Map.of(), Map.of(), Map.of());
    networks.create(one);
    assertThatThrownBy(
            () ->
                networks.create(
                    new NetworkSpec(
                        "two",
                        "",
                        List.of(pool),
                        false,
                        false,
                        false,
                        Map.of(),
                        Map.of(),
                        Map.of())))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining("Pool overlaps with other one on this address space");
  }
}
