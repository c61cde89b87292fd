package dev.jcompose.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("state.json");
  }

  private Path beside() {
    return directory.resolve("state.json.new");
  }

  @Test
  void isInItsPlaceAndNothingBesideItWhenItHasSettled() throws Exception {
    RecordFile record = new RecordFile(file());
    record.write("first");
    record.write("second");
    record.settle();
    assertThat(Files.readString(file())).isEqualTo("\"second\"");
    assertThat(beside()).doesNotExist();
  }

  @Test
  void isReadAtOnceByAnEngineThatStartsAfterAKill() throws Exception {
    Files.writeString(file(), "\"older\"");
    // As a write leaves it whose writer is killed before it was renamed.
    Files.writeString(beside(), "\"newer\"");
    assertThat(new RecordFile(file()).read(String.class)).contains("newer");
    assertThat(Files.readString(file())).isEqualTo("\"newer\"");
    assertThat(beside()).doesNotExist();
  }

  @Test
  void isTheOneBeforeWhenAKillLeftHalfOfAnother() throws Exception {
    Files.writeString(file(), "{\"name\":\"whole\"}");
    for (String half : new String[] {"", "{\"name\":\"ha", "\0\0\0\0"}) {
      Files.writeString(beside(), half);
      assertThat(new RecordFile(file()).read(java.util.Map.class))
          .contains(java.util.Map.of("name", "whole"));
    }
  }

  @Test
  void isGoneWithWhatLiesBesideIt() throws Exception {
    RecordFile record = new RecordFile(file());
    record.write("one");
    record.delete();
    assertThat(directory).isEmptyDirectory();
    assertThat(record.read(String.class)).isEmpty();
  }

  @Test
  void keepsTheOneBeforeWhenTheDiskRefuses() throws Exception {
    RecordFile record = new RecordFile(file());
    record.write("one");
    record.settle();
    Files.createDirectory(beside());
    assertThatThrownBy(() -> record.write("two")).isInstanceOf(UncheckedIOException.class);
    assertThat(Files.readString(file())).isEqualTo("\"one\"");
  }
}
