package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.InjectedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarWriterTest {
  @TempDir Path directory;

  @Test
  void writesWhatTarReads() throws IOException, InterruptedException {
    String longName = "/etc/" + "very-long-name-".repeat(10) + ".conf";
    Path archive = directory.resolve("files.tar");
    Files.write(
        archive,
        TarWriter.of(
            List.of(
                new InjectedFile("/etc/app.conf", new InjectedFile.Text("grüße\n"), 0, 0, 0444),
                new InjectedFile(longName, new InjectedFile.Text("x".repeat(513)), 0, 0, 0640))));

    Process tar =
        new ProcessBuilder("tar", "xf", archive.toString(), "-C", directory.toString())
            .inheritIO()
            .start();

    assertThat(tar.waitFor()).isZero();
    assertThat(directory.resolve("etc/app.conf")).content().isEqualTo("grüße\n");
    assertThat(directory.resolve(longName.substring(1))).hasSize(513);
  }
}
