package dev.jcompose.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.NotDirectedAcyclicGraphException;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * A graph of things that need other things: services, plan steps, build stages. What was added
 * first comes first wherever the needs leave a choice, so every order is repeatable.
 *
 * @param <T> the things; compared with {@code equals}
 */
public final class NeedGraph<T> {

  /** An edge; only its identity counts. */
  private static final class Need {}

  // An edge goes from what is needed to what needs it: the order of doing.
  private final Graph<T, Need> graph = new SimpleDirectedGraph<>(null, null, false);

  /** Adds a thing, once. */
  public void add(T thing) {
    graph.addVertex(thing);
  }

  /**
   * Says that one thing needs another; adds those not there yet.
   *
   * @throws CycleException when a thing needs itself
   */
  public void need(T dependent, T needed) {
    if (dependent.equals(needed)) {
      throw new CycleException(List.of(dependent));
    }
    graph.addVertex(needed);
    graph.addVertex(dependent);
    graph.addEdge(needed, dependent, new Need());
  }

  public boolean contains(T thing) {
    return graph.containsVertex(thing);
  }

  /** All things as they were added. */
  public Set<T> all() {
    return graph.vertexSet();
  }

  /** What a thing needs directly. */
  public Set<T> neededBy(T thing) {
    Set<T> found = new LinkedHashSet<>();
    for (Need need : graph.incomingEdgesOf(thing)) {
      found.add(graph.getEdgeSource(need));
    }
    return found;
  }

  /** What needs a thing directly. */
  public Set<T> dependentsOf(T thing) {
    Set<T> found = new LinkedHashSet<>();
    for (Need need : graph.outgoingEdgesOf(thing)) {
      found.add(graph.getEdgeTarget(need));
    }
    return found;
  }

  /** These things and all they need, however far. */
  public Set<T> withNeeds(Collection<T> things) {
    return reach(things, true);
  }

  /** These things and all that needs them, however far. */
  public Set<T> withDependents(Collection<T> things) {
    return reach(things, false);
  }

  /**
   * All things, each after what it needs.
   *
   * @throws CycleException naming the members of a ring
   */
  public List<T> order() {
    List<T> order = new ArrayList<>(graph.vertexSet().size());
    try {
      new TopologicalOrderIterator<>(graph).forEachRemaining(order::add);
      return order;
    } catch (NotDirectedAcyclicGraphException ring) {
      throw new CycleException(cycle().orElseThrow());
    }
  }

  /**
   * All things, each after what needs it.
   *
   * @throws CycleException naming the members of a ring
   */
  public List<T> reverseOrder() {
    return order().reversed();
  }

  /** One ring, each member needing the next and the last the first; empty when there is none. */
  public Optional<List<T>> cycle() {
    Set<T> inCycles = new CycleDetector<>(graph).findCycles();
    if (inCycles.isEmpty()) {
      return Optional.empty();
    }
    // Everything in the set lies on some ring, so a walk that stays in the set comes back.
    Iterator<T> things = graph.vertexSet().stream().filter(inCycles::contains).iterator();
    List<T> path = new ArrayList<>();
    T at = things.next();
    while (!path.contains(at)) {
      path.add(at);
      at = neededBy(at).stream().filter(inCycles::contains).findFirst().orElseThrow();
    }
    return Optional.of(List.copyOf(path.subList(path.indexOf(at), path.size())));
  }

  private Set<T> reach(Collection<T> things, boolean towardsNeeds) {
    Set<T> found = new HashSet<>();
    Deque<T> open = new ArrayDeque<>(things);
    while (!open.isEmpty()) {
      T thing = open.pop();
      if (found.add(thing)) {
        open.addAll(towardsNeeds ? neededBy(thing) : dependentsOf(thing));
      }
    }
    Set<T> inOrder = new LinkedHashSet<>();
    for (T thing : graph.vertexSet()) {
      if (found.contains(thing)) {
        inOrder.add(thing);
      }
    }
    return inOrder;
  }
}
