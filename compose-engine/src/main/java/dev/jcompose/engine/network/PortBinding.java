package dev.jcompose.engine.network;

/**
 * A port that shall be published.
 *
 * @param containerPort 1 to 65535
 * @param protocol transport
 * @param hostAddress a literal address of this machine; {@code ""} means every IPv4 and IPv6
 *     address
 * @param firstHostPort first acceptable port, 0: any free one
 * @param lastHostPort last acceptable port; equal to the first unless a range was given
 */
public record PortBinding(
    int containerPort, Protocol protocol, String hostAddress, int firstHostPort, int lastHostPort) {

  /** Transport protocol of a port. */
  public enum Protocol {
    TCP,
    UDP
  }

  public PortBinding {
    if (containerPort < 1 || containerPort > 65535) {
      throw new IllegalArgumentException("container port " + containerPort + " is not 1..65535");
    }
    if (firstHostPort < 0 || lastHostPort < firstHostPort || lastHostPort > 65535) {
      throw new IllegalArgumentException(
          "host ports " + firstHostPort + "-" + lastHostPort + " are not a range within 0..65535");
    }
  }

  /** One host port, 0 for any free one, on every address of the machine. */
  public static PortBinding of(int hostPort, int containerPort, Protocol protocol) {
    return new PortBinding(containerPort, protocol, "", hostPort, hostPort);
  }

  /** The same binding at an address, unless it names one already. */
  PortBinding orAt(String address) {
    return hostAddress.isEmpty()
        ? new PortBinding(containerPort, protocol, address, firstHostPort, lastHostPort)
        : this;
  }
}
