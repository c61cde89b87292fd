package dev.jcompose.engine.linux.netlink.nft;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A chain that packets enter at a hook; what no rule decides about is accepted.
 *
 * @param name its name
 * @param kind {@code filter} or {@code nat}
 * @param hook where packets enter
 * @param priority order among the chains of that hook
 * @param rules each a list of statements
 */
public record NftChain(
    String name, String kind, Hook hook, int priority, List<List<Statement>> rules) {
  /** Points on a packet's way, with the kernel's numbers. */
  public enum Hook {
    PREROUTING(0),
    FORWARD(2),
    OUTPUT(3),
    POSTROUTING(4);

    private final int number;

    Hook(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  public NftChain {
    rules = rules.stream().map(List::copyOf).toList();
  }

  String text() {
    return "\tchain "
        + name
        + " {\n\t\ttype "
        + kind
        + " hook "
        + hook.name().toLowerCase(Locale.ROOT)
        + " priority "
        + priorityName()
        + "; policy accept;\n"
        + rules.stream()
            .map(
                rule ->
                    rule.stream()
                        .map(Statement::text)
                        .collect(Collectors.joining(" ", "\t\t", "\n")))
            .collect(Collectors.joining())
        + "\t}\n";
  }

  private String priorityName() {
    return switch (priority) {
      case -300 -> "raw";
      case -100 -> hook == Hook.OUTPUT ? "-100" : "dstnat";
      case 0 -> "filter";
      case 100 -> "srcnat";
      default -> Integer.toString(priority);
    };
  }
}
