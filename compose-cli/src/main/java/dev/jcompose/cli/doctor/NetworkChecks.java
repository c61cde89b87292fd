package dev.jcompose.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What networks need of the machine, and who else has a hand in them. */
final class NetworkChecks {
  private NetworkChecks() {}

  static List<Finding> of(Host host) {
    List<Finding> all = new ArrayList<>();
    all.add(
        host.number("/proc/sys/net/ipv4/ip_forward").orElse(0) == 1
            ? Finding.ok("ip_forward", "on")
            : Finding.note(
                "ip_forward",
                "off; the engine switches it on with its first network",
                "sysctl -w net.ipv4.ip_forward=1"));
    all.add(forwardPolicy(host));
    all.add(bridgeNetfilter(host));
    all.add(
        host.read("/etc/resolv.conf").orElse("").lines().anyMatch(l -> l.startsWith("nameserver"))
            ? Finding.ok("name servers", "named in /etc/resolv.conf")
            : Finding.note(
                "name servers",
                "/etc/resolv.conf names none: containers resolve each other, nothing outside",
                "add a nameserver line to /etc/resolv.conf"));
    all.add(
        host.has("/run/docker.pid") || host.has("/var/run/docker.sock")
            ? Finding.note(
                "docker",
                "a Docker engine is here: it shares the machine's ports and address ranges",
                "publish other ports than its containers do")
            : Finding.ok("docker", "no engine of it is here"));
    return all;
  }

  /** Docker sets this policy; then nothing of ours is forwarded unless its rules let it. */
  private static Finding forwardPolicy(Host host) {
    Optional<String> rules = host.output("iptables", "-S", "FORWARD");
    if (rules.isEmpty()) {
      return Finding.ok("firewall", "there is no iptables that could refuse forwarding");
    }
    boolean drops = rules.get().contains("-P FORWARD DROP");
    boolean excepted = rules.get().contains("-i jc-+ -j ACCEPT");
    if (drops && !excepted) {
      return Finding.note(
          "firewall",
          "iptables drops what is forwarded, as Docker sets it: containers do not reach the"
              + " outside",
          "iptables -I FORWARD -i jc-+ -j ACCEPT && iptables -I FORWARD -o jc-+ -j ACCEPT");
    }
    return Finding.ok("firewall", "iptables lets packets be forwarded");
  }

  private static Finding bridgeNetfilter(Host host) {
    String file = "/proc/sys/net/bridge/bridge-nf-call-iptables";
    boolean filtered =
        host.number(file).orElse(0) == 1
            && host.output("iptables", "-S", "FORWARD").orElse("").contains("-P FORWARD DROP");
    return filtered
        ? Finding.note(
            "bridge-nf",
            "iptables also sees what containers of one network send each other, and drops it",
            "sysctl -w net.bridge.bridge-nf-call-iptables=0")
        : Finding.ok("bridge-nf", "does not come between containers");
  }
}
