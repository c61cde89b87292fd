package dev.jcompose.engine.linux.netlink.nft;

import java.util.List;
import java.util.Locale;

/** One part of a rule: a condition that ends the rule when it fails, or an action. */
public sealed interface Statement {
  /** The statement as {@code nft} lists it. */
  String text();

  /** Appends what the kernel executes for it. */
  void encode(Expressions to);

  /** A field has (or, negated, has not) a value. */
  record Is(Field field, boolean negated, Datum value) implements Statement {
    @Override
    public String text() {
      return field.text() + (negated ? " != " : " ") + value.text();
    }

    @Override
    public void encode(Expressions to) {
      Field.load(List.of(field), to);
      if (value instanceof Datum.Prefix prefix) {
        to.mask(Expressions.FIRST_REGISTER, prefix.mask());
      }
      to.compare(Expressions.FIRST_REGISTER, negated, field.loaded(value));
    }
  }

  /** Fields taken together are (or, negated, are not) an element of a set. */
  record In(List<Field> fields, boolean negated, String set) implements Statement {
    public In {
      fields = List.copyOf(fields);
    }

    /** Membership in a set. */
    public static In set(String set, Field... fields) {
      return new In(List.of(fields), false, set);
    }

    @Override
    public String text() {
      return Field.text(fields) + (negated ? " != @" : " @") + set;
    }

    @Override
    public void encode(Expressions to) {
      Field.load(fields, to);
      to.lookup(set, Expressions.FIRST_REGISTER, negated);
    }
  }

  /** The packet belongs or relates to a connection that has seen packets both ways. */
  record Established() implements Statement {
    private static final int CT_STATE = 0;
    private static final int ESTABLISHED_OR_RELATED = 2 | 4;

    @Override
    public String text() {
      return "ct state established,related";
    }

    @Override
    public void encode(Expressions to) {
      to.conntrack(CT_STATE, Expressions.FIRST_REGISTER)
          .mask(Expressions.FIRST_REGISTER, Words.of(ESTABLISHED_OR_RELATED))
          .compare(Expressions.FIRST_REGISTER, true, Words.of(0));
    }
  }

  /** The destination of the connection was replaced on its way. */
  record Forwarded() implements Statement {
    private static final int CT_STATUS = 2;
    private static final int DST_NAT = 1 << 5;

    @Override
    public String text() {
      return "ct status dnat";
    }

    @Override
    public void encode(Expressions to) {
      to.conntrack(CT_STATUS, Expressions.FIRST_REGISTER)
          .mask(Expressions.FIRST_REGISTER, Words.of(DST_NAT))
          .compare(Expressions.FIRST_REGISTER, true, Words.of(0));
    }
  }

  /** The destination is an address of this machine. */
  record ToThisMachine() implements Statement {
    private static final int RTN_LOCAL = 2;

    @Override
    public String text() {
      return "fib daddr type local";
    }

    @Override
    public void encode(Expressions to) {
      to.destinationAddressType(Expressions.FIRST_REGISTER)
          .compare(Expressions.FIRST_REGISTER, false, Words.of(RTN_LOCAL));
    }
  }

  /** Replaces address and port of the destination by what a map holds for the fields. */
  record DestinationFrom(List<Field> fields, String map) implements Statement {
    public DestinationFrom {
      fields = List.copyOf(fields);
    }

    @Override
    public String text() {
      return "dnat ip to " + Field.text(fields) + " map @" + map;
    }

    @Override
    public void encode(Expressions to) {
      Field.load(fields, to);
      to.lookup(map, Expressions.FIRST_REGISTER, Expressions.FIRST_REGISTER)
          .destinationNat(Expressions.FIRST_REGISTER, Expressions.FIRST_REGISTER + 1);
    }
  }

  /** Replaces the source by the address of the interface the packet leaves by. */
  record Masquerade() implements Statement {
    @Override
    public String text() {
      return "masquerade";
    }

    @Override
    public void encode(Expressions to) {
      to.masquerade();
    }
  }

  /** Decides about the packet. */
  enum Verdict implements Statement {
    DROP(0),
    ACCEPT(1);

    private final int code;

    Verdict(int code) {
      this.code = code;
    }

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void encode(Expressions to) {
      to.verdict(code);
    }
  }
}
