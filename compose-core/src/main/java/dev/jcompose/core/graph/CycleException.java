package dev.jcompose.core.graph;

import java.util.List;
import java.util.stream.Collectors;

/** Things that need each other in a ring. */
public final class CycleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<?> members;

  CycleException(List<?> members) {
    super(
        members.stream().map(Object::toString).collect(Collectors.joining(" -> "))
            + " -> "
            + members.getFirst());
    this.members = List.copyOf(members);
  }

  /** The ring once round: each needs the next, the last needs the first. */
  public List<?> members() {
    return members;
  }
}
