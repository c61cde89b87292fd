package dev.jcompose.engine.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressAllocatorTest {
  private static AddressAllocator of(String subnet, String range) {
    return new AddressAllocator(Cidr.parse(subnet), Cidr.parse(range));
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  @Test
  void addressesAreGivenInOrderAndOneGivenBackIsNotGivenOutAtOnce() {
    AddressAllocator allocator = of("172.24.0.0/24", "172.24.0.0/24");
    allocator.take(address("172.24.0.1"));
    assertThat(allocator.next()).contains(address("172.24.0.2"));
    assertThat(allocator.next()).contains(address("172.24.0.3"));
    allocator.release(address("172.24.0.2"));
    assertThat(allocator.next()).contains(address("172.24.0.4"));
  }

  @Test
  void theEndOfTheRangeIsFollowedByItsBeginning() {
    AddressAllocator allocator = of("172.24.0.0/29", "172.24.0.0/29");
    Set<InetAddress> given = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      given.add(allocator.next().orElseThrow());
    }
    assertThat(given).hasSize(6).doesNotContain(address("172.24.0.0"), address("172.24.0.7"));
    assertThat(allocator.next()).isEmpty();
    allocator.release(address("172.24.0.3"));
    assertThat(allocator.next()).contains(address("172.24.0.3"));
  }

  @Test
  void onlyTheRangeIsHandedOutButAnyAddressCanBeTaken() {
    AddressAllocator allocator = of("172.24.0.0/24", "172.24.0.128/30");
    assertThat(allocator.take(address("172.24.0.9"))).isTrue();
    assertThat(allocator.take(address("172.24.0.9"))).isFalse();
    assertThat(List.of(allocator.next().get(), allocator.next().get()))
        .containsExactly(address("172.24.0.128"), address("172.24.0.129"));
  }

  @Test
  void aHugeSubnetIsHandledLikeASmallOne() {
    AddressAllocator allocator = of("10.0.0.0/8", "10.0.0.0/8");
    assertThat(allocator.next()).contains(address("10.0.0.1"));
  }
}
