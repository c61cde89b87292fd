package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a service is called, and whom it finds by which name. */
class NamesIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  @Test
  void hasHostAndDomainName() throws Exception {
    assertThat(
            RUN.output(
                "hostname: alpha\ndomainname: example.org",
                "cat /proc/sys/kernel/hostname /proc/sys/kernel/domainname /etc/hostname; grep -c"
                    + " 'alpha.example.org alpha' /etc/hosts"))
        .isEqualTo("alpha\nexample.org\nalpha\n1\n");
  }

  @Test
  void knowsExtraHosts() throws Exception {
    assertThat(
            RUN.output(
                "extra_hosts: ['one:10.1.2.3', 'two=fd00::7', 'up=host-gateway']",
                "grep -E 'one|two' /etc/hosts; test \"$(grep up /etc/hosts | cut -f1)\" = \"$(ip"
                    + " route | sed -n 's/default via \\([^ ]*\\).*/\\1/p')\" && echo gateway"))
        .isEqualTo("10.1.2.3\tone\nfd00::7\ttwo\ngateway\n");
  }

  @Test
  void asksTheServersItWasGiven() throws Exception {
    assertThat(
            RUN.output(
                """
                network_mode: host
                dns: [10.9.9.9]
                dns_search: [a.example, b.example]
                dns_opt: ['ndots:3', 'timeout:1']
                """,
                "grep -v '^#' /etc/resolv.conf"))
        .isEqualTo("nameserver 10.9.9.9\nsearch a.example b.example\noptions ndots:3 timeout:1\n");
  }

  @Test
  void keepsStaticAddressesAndAliases() throws Exception {
    RUN.up(
        """
        services:
          box:
            image: jcompose/base
            command: sleep 1000
            networks:
              net: {ipv4_address: 10.213.7.77, mac_address: "02:00:00:00:07:77", aliases: [other]}
          asker: {image: jcompose/base, command: sleep 1000, networks: [net]}
        networks:
          net: {ipam: {config: [{subnet: 10.213.7.0/24, gateway: 10.213.7.1, ip_range: 10.213.7.128/25, aux_addresses: {router: 10.213.7.128}}]}}
        """);
    assertThat(
            RUN.exec(
                "it-box-1",
                "cat /sys/class/net/eth0/address; ip -4 -o addr show eth0 | tr -s ' ' | cut -d' '"
                    + " -f4"))
        .isEqualTo("02:00:00:00:07:77\n10.213.7.77/24\n");
    assertThat(RUN.exec("it-asker-1", "getent ahostsv4 other | head -1 | cut -d' ' -f1"))
        .isEqualTo("10.213.7.77\n");
    assertThat(RUN.exec("it-asker-1", "ip -4 -o addr show eth0 | tr -s ' ' | cut -d' ' -f4"))
        .isEqualTo("10.213.7.129/24\n");
  }

  @Test
  void takesTheMacAddressOfTheService() throws Exception {
    assertThat(RUN.output("mac_address: 02:00:00:00:08:88", "cat /sys/class/net/eth0/address"))
        .isEqualTo("02:00:00:00:08:88\n");
  }

  @Test
  void callsInterfacesAsAskedFor() throws Exception {
    RUN.up(
        """
        services:
          box:
            image: jcompose/base
            command: sleep 1000
            networks: {a: , b: {interface_name: eth0}, c: {interface_name: storage.7}}
        networks:
          a: {ipam: {config: [{subnet: 10.213.1.0/24}]}}
          b: {ipam: {config: [{subnet: 10.213.2.0/24}]}}
          c: {ipam: {config: [{subnet: 10.213.3.0/24}]}}
        """);
    assertThat(
            RUN.exec(
                "it-box-1",
                "for i in eth0 eth1 storage.7; do ip -4 -o addr show $i | tr -s ' ' | cut -d' '"
                    + " -f2,4; done"))
        .isEqualTo("eth0 10.213.2.2/24\neth1 10.213.1.2/24\nstorage.7 10.213.3.2/24\n");
    RUN.engine().restartContainer("it-box-1", Duration.ZERO);
    assertThat(RUN.exec("it-box-1", "cat /sys/class/net/storage.7/operstate")).isEqualTo("up\n");
  }

  @Test
  void refusesNamesOfInterfacesThatCannotBe() {
    assertThat(RUN.refusal("networks: {default: {interface_name: lo}}"))
        .contains("\"lo\" is not a name for an interface");
    assertThat(RUN.refusal("networks: {default: {interface_name: with/slash}}"))
        .contains("up to 15 letters");
    assertThat(RUN.refusal("networks: {default: {driver_opts: {some.option: 1}}}"))
        .contains("\"some.option\" is not supported");
  }

  @Test
  void refusesTwoInterfacesOfOneName() {
    assertThat(
            RUN.refusal(
                "networks: {default: {interface_name: one}, other: {interface_name: one}}\n",
                "networks: {other: }"))
        .contains("has an interface \"one\" already");
  }

  @Test
  void refusesAddressesThatNoNetworkHas() {
    assertThat(RUN.refusal("networks: {default: {ipv6_address: \"2001:db8::7\"}}"))
        .contains("2001:db8::7")
        .contains("no IPv6 addresses");
    assertThat(RUN.refusal("networks: {default: {link_local_ips: [169.254.7.7]}}"))
        .contains("169.254.7.7")
        .contains("leave link-local addresses out");
    assertThat(RUN.refusal("", "networks: {default: {enable_ipv6: true}}"))
        .contains("IPv6 is not supported yet")
        .contains("leave enable_ipv6 out");
  }

  @Test
  void linksToAllReplicas() throws Exception {
    RUN.up(
        """
        services:
          db: {image: jcompose/base, command: sleep 1000, scale: 2}
          web: {image: jcompose/base, command: sleep 1000, links: ["db:store", db]}
        """);
    assertThat(RUN.exec("it-web-1", "getent ahostsv4 store | cut -d' ' -f1 | sort -u | wc -l"))
        .isEqualTo("2\n");
    assertThat(RUN.exec("it-web-1", "getent ahostsv4 db-2 | wc -l").strip()).isNotEqualTo("0");
  }

  @Test
  void linksToContainersOfOthers() throws Exception {
    RUN.up(
        """
        services:
          db: {image: jcompose/base, command: sleep 1000, container_name: it-elsewhere}
          web: {image: jcompose/base, command: sleep 1000, external_links: ["it-elsewhere:far"], depends_on: [db]}
        """);
    assertThat(RUN.exec("it-web-1", "getent ahostsv4 far | wc -l").strip()).isNotEqualTo("0");
  }
}
