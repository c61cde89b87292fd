package dev.jcompose.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeedGraphTest {
  private final NeedGraph<String> graph = new NeedGraph<>();

  @Test
  void putsWhatIsNeededFirst() {
    graph.add("web");
    graph.add("lonely");
    graph.need("web", "db");
    graph.need("db", "disk");

    assertThat(graph.order()).containsSubsequence("disk", "db", "web").contains("lonely");
    assertThat(graph.reverseOrder()).containsSubsequence("web", "db", "disk");
  }

  @Test
  void keepsTheOrderOfAddingWhereNeedsLeaveAChoice() {
    List.of("c", "a", "b").forEach(graph::add);

    assertThat(graph.order()).containsExactly("c", "a", "b");
  }

  @Test
  void followsNeedsAndDependentsHoweverFar() {
    graph.need("web", "db");
    graph.need("db", "disk");
    graph.add("lonely");

    assertThat(graph.withNeeds(List.of("db"))).containsExactlyInAnyOrder("db", "disk");
    assertThat(graph.withDependents(List.of("disk")))
        .containsExactlyInAnyOrder("disk", "db", "web");
    assertThat(graph.neededBy("web")).containsExactly("db");
    assertThat(graph.dependentsOf("db")).containsExactly("web");
  }

  @Test
  void namesTheMembersOfACycleInOrder() {
    graph.need("before", "a");
    graph.need("a", "b");
    graph.need("b", "c");
    graph.need("c", "a");

    assertThat(graph.cycle()).hasValue(List.of("a", "b", "c"));
    assertThatThrownBy(graph::order).hasMessage("a -> b -> c -> a");
  }

  @Test
  void refusesAThingThatNeedsItself() {
    assertThatThrownBy(() -> graph.need("a", "a"))
        .isInstanceOf(CycleException.class)
        .hasMessage("a -> a");
  }

  @Test
  void sayingANeedTwiceIsSayingItOnce() {
    graph.need("a", "b");
    graph.need("a", "b");

    assertThat(graph.order()).containsExactly("b", "a");
  }
}
