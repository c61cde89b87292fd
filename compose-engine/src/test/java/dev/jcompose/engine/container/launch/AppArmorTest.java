package dev.jcompose.engine.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AppArmorTest {
  @Test
  void aNameMayHaveBlanksAndParentheses() {
    assertThat(AppArmor.parse(List.of("docker-default (enforce)", "my (own) one (complain)")))
        .containsExactly("docker-default", "my (own) one");
  }
}
