package dev.jcompose.engine.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArchiveViewsTest {
  @Test
  void writesFileModesAsGoDoes() {
    assertThat(ArchiveViews.goMode(0100644)).isEqualTo(0644);
    assertThat(ArchiveViews.goMode(0040755)).isEqualTo(1L << 31 | 0755);
    assertThat(ArchiveViews.goMode(0120777)).isEqualTo(1L << 27 | 0777);
    assertThat(ArchiveViews.goMode(0041777)).isEqualTo(1L << 31 | 1L << 20 | 0777);
    assertThat(ArchiveViews.goMode(0104755)).isEqualTo(1L << 23 | 0755);
    assertThat(ArchiveViews.goMode(0020666)).isEqualTo(1L << 26 | 1L << 21 | 0666);
  }
}
