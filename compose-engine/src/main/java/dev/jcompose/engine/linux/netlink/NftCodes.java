package dev.jcompose.engine.linux.netlink;

/** Numbers of {@code linux/netfilter/nfnetlink.h} and {@code linux/netfilter/nf_tables.h}. */
final class NftCodes {
  static final int SUBSYSTEM = 10;
  static final int GETTABLE = 1;
  static final int DELTABLE = 2;
  static final int TABLE_NAME = 1;

  /** The multicast group that is told of every change of tables. */
  static final int CHANGES = 7;

  static final int BATCH_BEGIN = 16;
  static final int BATCH_END = 17;

  private NftCodes() {}
}
