package dev.jcompose.engine.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubnetChooserTest {
  private static Optional<String> choose(String... occupied) {
    return SubnetChooser.DEFAULT
        .choose(List.of(occupied).stream().map(Cidr::parse).toList())
        .map(Cidr::toString);
  }

  @Test
  void theFirstSubnetThatOverlapsNothingIsChosen() {
    assertThat(choose()).contains("172.24.0.0/24");
    assertThat(choose("172.24.0.0/24", "172.24.1.128/25")).contains("172.24.2.0/24");
  }

  @Test
  void wholePoolsAreSkippedWhenTheMachineHasARouteToThem() {
    assertThat(choose("172.16.0.0/12")).contains("192.168.128.0/24");
    assertThat(choose("172.16.0.0/12", "192.168.0.0/16")).isEmpty();
  }

  @Test
  void aSingleAddressKeepsItsSubnetFromBeingChosen() {
    assertThat(choose("172.24.0.53/32")).contains("172.24.1.0/24");
    assertThat(choose("fd00::/8")).contains("172.24.0.0/24");
  }

  @Test
  void subnetsNeverOverlapEachOther() {
    List<Cidr> occupied = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      occupied.add(SubnetChooser.DEFAULT.choose(occupied).orElseThrow());
    }
    assertThat(occupied).doesNotHaveDuplicates();
  }
}
