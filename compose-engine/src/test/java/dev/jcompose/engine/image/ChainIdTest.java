package dev.jcompose.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChainIdTest {
  @Test
  void theLowestLayerIsItsOwnChain() {
    Digest only = Digest.of("x");
    assertThat(ChainId.of(List.of(only))).containsExactly(only);
  }

  @Test
  void everyFurtherLayerHashesTheChainBelowAndItself() {
    Digest a = Digest.of("a");
    Digest b = Digest.of("b");
    Digest c = Digest.of("c");
    Digest ab = Digest.of(a + " " + b);
    assertThat(ChainId.of(List.of(a, b, c))).containsExactly(a, ab, Digest.of(ab + " " + c));
  }
}
