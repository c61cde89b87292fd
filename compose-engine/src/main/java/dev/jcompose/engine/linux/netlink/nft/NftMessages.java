package dev.jcompose.engine.linux.netlink.nft;

import dev.jcompose.engine.linux.netlink.MessageWriter;
import dev.jcompose.engine.linux.netlink.NetlinkConnection;
import java.util.List;
import java.util.Map;

/** The layout of nf_tables messages; the numbers are those of {@code nf_tables.h}. */
final class NftMessages {
  private static final int NEWTABLE = 0;
  private static final int DELTABLE = 2;
  private static final int NEWCHAIN = 3;
  private static final int NEWRULE = 6;
  private static final int NEWSET = 9;
  private static final int NEWSETELEM = 12;
  private static final int DELSETELEM = 14;
  private static final int LIST_ELEMENT = 1;
  private static final int SET_INTERVAL = 4;
  private static final int SET_MAP = 8;
  private static final int INTERVAL_END = 1;

  // Without this note the nft program lists interface names backwards, that is, as "".
  private static final byte[] KEY_IN_HOST_ORDER = noteHostOrder();

  // An attribute holds at most 64 KiB; an element needs less than 120 bytes.
  private static final int ELEMENTS_PER_MESSAGE = 400;

  private final NetlinkConnection.Transaction transaction;
  private final String table;

  NftMessages(NetlinkConnection.Transaction transaction, String table) {
    this.transaction = transaction;
    this.table = table;
  }

  private static byte[] noteHostOrder() {
    byte keyByteOrder = 0;
    byte[] hostEndian = Words.of(1);
    byte[] note = {keyByteOrder, (byte) hostEndian.length, 0, 0, 0, 0};
    System.arraycopy(hostEndian, 0, note, 2, hostEndian.length);
    return note;
  }

  void addTable() {
    transaction.add(
        "add table " + table,
        NEWTABLE,
        NetlinkConnection.CREATE,
        body -> body.text(1, table).network32(2, 0));
  }

  void deleteTable() {
    transaction.add("delete table " + table, DELTABLE, 0, body -> body.text(1, table));
  }

  void addSet(NftSet set, int id) {
    transaction.add(
        "add set " + set.name(),
        NEWSET,
        NetlinkConnection.CREATE,
        body -> {
          int flags = (set.interval() ? SET_INTERVAL : 0) | (set.data().isEmpty() ? 0 : SET_MAP);
          body.text(1, table)
              .text(2, set.name())
              .network32(3, flags)
              .network32(4, DatumType.code(set.key()))
              .network32(5, DatumType.length(set.key()))
              .network32(10, id);
          if (set.key().equals(List.of(DatumType.IFNAME))) {
            body.bytes(13, KEY_IN_HOST_ORDER);
          }
          if (!set.data().isEmpty()) {
            body.network32(6, DatumType.code(set.data()))
                .network32(7, DatumType.length(set.data()));
          }
        });
  }

  void addElements(NftSet set, List<Map.Entry<List<Datum>, List<Datum>>> elements) {
    elements("add elements to " + set.name(), NEWSETELEM, set, elements);
  }

  void deleteElements(NftSet set, List<Map.Entry<List<Datum>, List<Datum>>> elements) {
    elements("delete elements of " + set.name(), DELSETELEM, set, elements);
  }

  private void elements(
      String operation, int message, NftSet set, List<Map.Entry<List<Datum>, List<Datum>>> all) {
    for (int from = 0; from < all.size(); from += ELEMENTS_PER_MESSAGE) {
      var some = all.subList(from, Math.min(all.size(), from + ELEMENTS_PER_MESSAGE));
      transaction.add(
          operation,
          message,
          message == NEWSETELEM ? NetlinkConnection.CREATE : 0,
          body ->
              body.text(1, table)
                  .text(2, set.name())
                  .nest(
                      3, list -> some.forEach(one -> element(list, one.getKey(), one.getValue()))));
    }
  }

  private static void element(MessageWriter list, List<Datum> key, List<Datum> data) {
    list.nest(
        LIST_ELEMENT,
        element -> {
          value(element, 1, concatenate(key));
          if (!data.isEmpty()) {
            value(element, 2, concatenate(data));
          }
        });
    if (key.getFirst() instanceof Datum.Prefix prefix) {
      list.nest(
          LIST_ELEMENT,
          element -> {
            element.network32(3, INTERVAL_END);
            value(element, 1, prefix.end());
          });
    }
  }

  private static void value(MessageWriter element, int type, byte[] value) {
    element.nest(type, data -> data.bytes(1, value));
  }

  private static byte[] concatenate(List<Datum> parts) {
    byte[] bytes = new byte[parts.stream().mapToInt(part -> part.type().length()).sum()];
    int at = 0;
    for (Datum part : parts) {
      System.arraycopy(part.bytes(), 0, bytes, at, part.type().length());
      at += part.type().length();
    }
    return bytes;
  }

  void addChain(NftChain chain) {
    transaction.add(
        "add chain " + chain.name(),
        NEWCHAIN,
        NetlinkConnection.CREATE,
        body ->
            body.text(1, table)
                .text(3, chain.name())
                .nest(
                    4,
                    hook -> hook.network32(1, chain.hook().number()).network32(2, chain.priority()))
                .network32(5, 1)
                .text(7, chain.kind()));
    for (List<Statement> rule : chain.rules()) {
      transaction.add(
          "add rule to " + chain.name(),
          NEWRULE,
          NetlinkConnection.CREATE | NetlinkConnection.APPEND,
          body ->
              body.text(1, table)
                  .text(2, chain.name())
                  .nest(
                      4,
                      list -> {
                        Expressions expressions = new Expressions(list);
                        rule.forEach(statement -> statement.encode(expressions));
                      }));
    }
  }
}
