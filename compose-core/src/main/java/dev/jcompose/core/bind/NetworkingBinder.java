package dev.jcompose.core.bind;

import dev.jcompose.core.project.network.NetworkAttachment;
import dev.jcompose.core.project.network.Networking;
import dev.jcompose.core.project.network.PortMapping;
import dev.jcompose.core.project.network.PortRange;
import dev.jcompose.core.project.network.Sharing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the record of how a service is reached. */
final class NetworkingBinder {
  private NetworkingBinder() {}

  static Networking bind(Fields fields) {
    return new Networking(
        sharing(fields, "network_mode"),
        networks(fields.below("networks")),
        ports(fields.items("ports")),
        fields.texts("expose"),
        fields.texts("links"),
        fields.texts("external_links"),
        fields.texts("dns"),
        fields.texts("dns_search"),
        fields.texts("dns_opt"),
        fields.lists("extra_hosts"),
        fields.text("hostname"),
        fields.text("domainname"),
        fields.text("mac_address"));
  }

  static @Nullable Sharing sharing(Fields fields, String key) {
    String text = fields.text(key);
    return text == null || text.isEmpty() ? null : Sharing.parse(text);
  }

  private static Map<String, NetworkAttachment> networks(Fields fields) {
    Map<String, NetworkAttachment> networks = new LinkedHashMap<>();
    for (String key : fields.keys()) {
      Fields one = fields.below(key);
      networks.put(key, one.isEmpty() ? NetworkAttachment.PLAIN : attachment(one));
    }
    return networks;
  }

  private static NetworkAttachment attachment(Fields one) {
    Integer priority = one.integer("priority");
    Integer gatewayPriority = one.integer("gw_priority");
    return new NetworkAttachment(
        one.texts("aliases"),
        one.text("ipv4_address"),
        one.text("ipv6_address"),
        one.texts("link_local_ips"),
        one.text("mac_address"),
        one.text("interface_name"),
        one.strings("driver_opts"),
        priority == null ? 0 : priority,
        gatewayPriority == null ? 0 : gatewayPriority);
  }

  private static List<PortMapping> ports(List<Fields> items) {
    List<PortMapping> ports = new ArrayList<>(items.size());
    for (Fields item : items) {
      Integer target = item.integer("target");
      String published = item.text("published");
      ports.add(
          new PortMapping(
              item.text("name"),
              item.text("mode"),
              item.text("host_ip"),
              target == null ? 0 : target,
              published == null || published.isEmpty() ? null : PortRange.parse(published),
              item.text("protocol", "tcp"),
              item.text("app_protocol")));
    }
    return ports;
  }
}
