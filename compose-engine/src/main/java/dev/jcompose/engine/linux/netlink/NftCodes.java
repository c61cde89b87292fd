package dev.jcompose.engine.linux.netlink;

/** Numbers of {@code linux/netfilter/nfnetlink.h} and {@code linux/netfilter/nf_tables.h}. */
final class NftCodes {
  static final int SUBSYSTEM = 10;
  static final int BATCH_BEGIN = 16;
  static final int BATCH_END = 17;

  private NftCodes() {}
}
