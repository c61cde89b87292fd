package dev.jcompose.core.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.project.network.IpAddress;
import dev.jcompose.core.project.network.PortMapping;
import dev.jcompose.core.project.network.PortRange;
import dev.jcompose.core.project.network.Sharing;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.project.process.RestartPolicy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Value objects print what they read. */
class InverseTest {
  @Test
  void portsPrintWhatTheyRead() {
    for (String text :
        List.of(
            "80/tcp",
            "8080:80/tcp",
            "53:53/udp",
            "127.0.0.1:8080:80/tcp",
            "127.0.0.1::80/tcp",
            "[::1]:8080:80/sctp",
            "8000-8010:80/tcp")) {
      List<PortMapping> mappings = PortMapping.parse(text);
      assertThat(mappings).hasSize(1);
      assertThat(mappings.getFirst()).hasToString(text);
      assertThat(PortMapping.parse(mappings.getFirst().toString())).isEqualTo(mappings);
    }
  }

  @Test
  void portRangesPrintWhatTheyRead() {
    for (String text : List.of("80", "0", "8000-8010", "65535")) {
      assertThat(PortRange.parse(text)).hasToString(text);
    }
    assertThat(PortRange.parse("10-9")).isNull();
    assertThat(PortRange.parse("65536")).isNull();
  }

  @Test
  void policiesPrintWhatTheyRead() {
    for (String text : List.of("no", "always", "unless-stopped", "on-failure", "on-failure:3")) {
      assertThat(RestartPolicy.parse(text)).hasToString(text);
    }
    assertThat(RestartPolicy.parse("always:3")).isNull();
    for (String text : List.of("always", "never", "missing", "build", "weekly", "every_1d12h")) {
      PullPolicy policy = Objects.requireNonNull(PullPolicy.parse(text));
      assertThat(PullPolicy.parse(policy.toString())).isEqualTo(policy);
    }
    assertThat(PullPolicy.parse("every_")).isNull();
  }

  @Test
  void namespacesPrintWhatTheyRead() {
    for (String text : List.of("host", "none", "service:db", "container:abc")) {
      assertThat(Sharing.parse(text)).hasToString(text);
    }
  }

  @Test
  void knowsAddresses() {
    assertThat(List.of("0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:1.2.3.4"))
        .allMatch(IpAddress::isValid);
    assertThat(List.of("", "1.2.3", "1.2.3.256", "1.2.3.04", ":::", "1::2::3", "g::1", "localhost"))
        .noneMatch(IpAddress::isValid);
  }
}
