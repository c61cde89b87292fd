package dev.jcompose.engine.network.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** The machine's own resolv.conf, read again when it changed: a VPN or another Wi-Fi does that. */
public final class HostResolvers {
  private static final int DNS_PORT = 53;
  private static final ResolvConf NOTHING = new ResolvConf(List.of(), List.of(), List.of());

  private final Path file;
  private volatile Version current = new Version(FileTime.fromMillis(0), NOTHING);

  private record Version(FileTime changed, ResolvConf content) {}

  /**
   * @param file {@code /etc/resolv.conf}
   */
  public HostResolvers(Path file) {
    this.file = file;
  }

  /** What the file says now; nothing when it cannot be read. */
  public ResolvConf current() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      Version known = current;
      if (!changed.equals(known.changed)) {
        known = new Version(changed, ResolvConf.parse(Files.readString(file)));
        current = known;
      }
      return known.content;
    } catch (IOException e) {
      return NOTHING;
    }
  }

  /** The sockets of name servers; texts that are no addresses are passed over. */
  public static List<InetSocketAddress> sockets(List<String> servers) {
    List<InetSocketAddress> sockets = new ArrayList<>();
    for (String server : servers) {
      try {
        sockets.add(new InetSocketAddress(InetAddress.ofLiteral(server), DNS_PORT));
      } catch (IllegalArgumentException e) {
        // the C library passes over such a line, too
      }
    }
    return sockets;
  }
}
