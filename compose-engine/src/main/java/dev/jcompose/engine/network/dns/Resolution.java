package dev.jcompose.engine.network.dns;

import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Decides what a question is answered with, from the names that the asking container can see. */
final class Resolution {
  private static final String REVERSE = ".in-addr.arpa";

  private final NameView view;
  private final boolean keepsShortNames;
  private final RandomGenerator random;

  /**
   * @param keepsShortNames names without a dot never go outside: the user set {@code ndots}, so the
   *     client will ask again with a search domain
   * @param random shuffles the addresses of a name, which spreads the load
   */
  Resolution(NameView view, boolean keepsShortNames, RandomGenerator random) {
    this.view = view;
    this.keepsShortNames = keepsShortNames;
    this.random = random;
  }

  DnsAnswer answer(DnsQuestion question) {
    if (question.type().equals(DnsRecordType.PTR) && question.name().endsWith(REVERSE)) {
      Optional<String> name = reversed(question.name()).flatMap(view::nameOf);
      if (name.isPresent()) {
        return new DnsAnswer.Pointer(name.get());
      }
    }
    Optional<List<InetAddress>> found = view.addresses(question.name());
    if (found.isPresent()) {
      return new DnsAnswer.Addresses(
          question.type().equals(DnsRecordType.A) ? shuffled(found.get()) : List.of());
    }
    if (keepsShortNames && question.name().indexOf('.') < 0) {
      return new DnsAnswer.NoSuchName();
    }
    return view.mayAskOutside() ? new DnsAnswer.Elsewhere() : new DnsAnswer.Failure();
  }

  private List<InetAddress> shuffled(List<InetAddress> addresses) {
    List<InetAddress> shuffled = new ArrayList<>(addresses);
    Collections.shuffle(shuffled, Random.from(random));
    return shuffled;
  }

  private static Optional<InetAddress> reversed(String name) {
    List<String> parts =
        new ArrayList<>(
            List.of(name.substring(0, name.length() - REVERSE.length()).split("\\.", -1)));
    Collections.reverse(parts);
    try {
      return parts.size() == 4
          ? Optional.of(InetAddress.ofLiteral(String.join(".", parts)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
