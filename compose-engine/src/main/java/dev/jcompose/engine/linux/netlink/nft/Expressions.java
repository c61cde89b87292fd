package dev.jcompose.engine.linux.netlink.nft;

import dev.jcompose.engine.linux.netlink.MessageWriter;
import java.util.function.Consumer;

/**
 * Appends the expressions of a rule to its message. Registers are the 32-bit ones of {@code
 * linux/netfilter/nf_tables.h}; a wide value takes several in a row.
 */
final class Expressions {
  /** First data register. */
  static final int FIRST_REGISTER = 8;

  private static final int LIST_ELEMENT = 1;
  private static final int NAME = 1;
  private static final int DATA = 2;
  private static final int VALUE = 1;
  private static final int VERDICT = 2;
  private static final int VERDICT_REGISTER = 0;

  private final MessageWriter writer;

  Expressions(MessageWriter writer) {
    this.writer = writer;
  }

  private Expressions add(String name, Consumer<MessageWriter> data) {
    writer.nest(LIST_ELEMENT, element -> element.text(NAME, name).nest(DATA, data));
    return this;
  }

  Expressions meta(int key, int register) {
    return add("meta", data -> data.network32(2, key).network32(1, register));
  }

  Expressions payload(int base, int offset, int length, int register) {
    return add(
        "payload",
        data ->
            data.network32(1, register)
                .network32(2, base)
                .network32(3, offset)
                .network32(4, length));
  }

  Expressions conntrack(int key, int register) {
    return add("ct", data -> data.network32(2, key).network32(1, register));
  }

  /** Loads the kind of the destination address (RTN_*). */
  Expressions destinationAddressType(int register) {
    int result = 3;
    int ofDestination = 2;
    return add(
        "fib",
        data -> data.network32(3, ofDestination).network32(2, result).network32(1, register));
  }

  Expressions compare(int register, boolean negated, byte[] value) {
    return add(
        "cmp",
        data ->
            data.network32(1, register)
                .network32(2, negated ? 1 : 0)
                .nest(3, content -> content.bytes(VALUE, value)));
  }

  Expressions mask(int register, byte[] mask) {
    return add(
        "bitwise",
        data ->
            data.network32(1, register)
                .network32(2, register)
                .network32(3, mask.length)
                .nest(4, content -> content.bytes(VALUE, mask))
                .nest(5, content -> content.bytes(VALUE, new byte[mask.length])));
  }

  Expressions lookup(String set, int register, boolean negated) {
    return add(
        "lookup",
        data -> {
          data.text(1, set).network32(2, register);
          if (negated) {
            data.network32(5, 1);
          }
        });
  }

  /** Looks a key up in a map and puts what is found into {@code target} and the following. */
  Expressions lookup(String map, int register, int target) {
    return add("lookup", data -> data.text(1, map).network32(2, register).network32(3, target));
  }

  Expressions verdict(int code) {
    return add(
        "immediate",
        data ->
            data.network32(1, VERDICT_REGISTER)
                .nest(2, content -> content.nest(VERDICT, verdict -> verdict.network32(1, code))));
  }

  /** Replaces the IPv4 destination by the address and port of two registers. */
  Expressions destinationNat(int addressRegister, int portRegister) {
    int destination = 1;
    int ipv4 = 2;
    return add(
        "nat",
        data ->
            data.network32(1, destination)
                .network32(2, ipv4)
                .network32(3, addressRegister)
                .network32(5, portRegister));
  }

  Expressions masquerade() {
    return add("masq", data -> {});
  }
}
