package dev.jcompose.engine.linux.netlink;

/**
 * A veth pair to be made: one end here, the other born in another network namespace.
 *
 * @param name name of the end that stays here
 * @param master index of the bridge that end is plugged into
 * @param mtu largest packet in bytes, 0: the kernel's default
 * @param peerName name of the other end
 * @param peerMac six bytes, Ethernet address of the other end
 * @param peerNamespaceFd open descriptor of the other network namespace
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the wire, never compared
public record VethSpec(
    String name, int master, int mtu, String peerName, byte[] peerMac, int peerNamespaceFd) {}
