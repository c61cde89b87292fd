package dev.jcompose.engine.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
  private static final ResolvConf HOST =
      ResolvConf.parse(
          """
          # made by somebody
          nameserver 192.0.2.53
            nameserver   127.0.0.53
          search example.org  lan
          options edns0 timeout:1
          sortlist 1.2.3.4
          """);
  private static final ResolvConf NOTHING = new ResolvConf(List.of(), List.of(), List.of());

  @Test
  void parsingKeepsServersDomainsAndOptions() {
    assertThat(HOST.servers()).containsExactly("192.0.2.53", "127.0.0.53");
    assertThat(HOST.search()).containsExactly("example.org", "lan");
    assertThat(HOST.options()).containsExactly("edns0", "timeout:1");
    assertThat(ResolvConf.parse(HOST.text())).isEqualTo(HOST);
  }

  @Test
  void aContainerAsksTheEmbeddedServer() {
    assertThat(HOST.forContainer(NOTHING).text())
        .isEqualTo(
            """
            nameserver 127.0.0.11
            search example.org lan
            options edns0 timeout:1 ndots:0
            """);
  }

  @Test
  void whatTheUserSaidComesFirst() {
    ResolvConf wanted =
        new ResolvConf(List.of("9.9.9.9"), List.of("corp"), List.of("ndots:2", "rotate"));
    assertThat(HOST.forContainer(wanted).text())
        .isEqualTo("nameserver 127.0.0.11\nsearch corp\noptions ndots:2 rotate\n");
    assertThat(HOST.forHostNetwork(wanted).text())
        .isEqualTo("nameserver 9.9.9.9\nsearch corp\noptions ndots:2 rotate\n");
  }

  @Test
  void aSingleDotAsSearchDomainMeansNone() {
    ResolvConf wanted = new ResolvConf(List.of(), List.of("."), List.of());
    assertThat(HOST.forContainer(wanted).search()).isEmpty();
  }

  @Test
  void theHostsFileHasLoopbackExtraHostsAndOwnNames() {
    String text =
        HostsFile.text(
            List.of(new HostsFile.Entry("192.0.2.9", List.of("gateway"))),
            List.of("172.24.0.2", "172.24.1.2"),
            "web",
            "example.org");
    assertThat(text)
        .startsWith("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n")
        .endsWith(
            """
            192.0.2.9\tgateway
            172.24.0.2\tweb.example.org web
            172.24.1.2\tweb.example.org web
            """);
  }
}
