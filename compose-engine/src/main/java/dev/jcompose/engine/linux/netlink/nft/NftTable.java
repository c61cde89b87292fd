package dev.jcompose.engine.linux.netlink.nft;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A whole table of family {@code inet} as a value.
 *
 * @param name its name
 * @param sets sets and maps
 * @param chains chains, all of them entered at hooks
 */
public record NftTable(String name, List<NftSet> sets, List<NftChain> chains) {
  public NftTable {
    sets = List.copyOf(sets);
    chains = List.copyOf(chains);
  }

  /** Whether only elements of sets differ, so that a change needs no new chains. */
  boolean sameShape(NftTable other) {
    if (!name.equals(other.name)
        || sets.size() != other.sets.size()
        || !chains.equals(other.chains)) {
      return false;
    }
    for (int i = 0; i < sets.size(); i++) {
      if (!sets.get(i).sameShape(other.sets.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The table as {@code nft list table} writes it. */
  public String text() {
    return "table inet "
        + name
        + " {\n"
        + sets.stream().map(NftSet::text).collect(Collectors.joining("\n"))
        + "\n"
        + chains.stream().map(NftChain::text).collect(Collectors.joining("\n"))
        + "}\n";
  }
}
