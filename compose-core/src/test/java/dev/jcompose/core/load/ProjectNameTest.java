package dev.jcompose.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectNameTest {
  @TempDir Path folder = Path.of("");

  @Test
  void warnsOfADirectoryWhoseLinkHasAnotherName() throws IOException, ComposeException {
    LoadedProject project = load(link("other", "services: {web: {image: x}}"));

    assertThat(project.project().name()).isEqualTo("other");
    assertThat(project.warnings())
        .singleElement()
        .asString()
        .contains("called other after a symbolic link to")
        .contains("/real");
  }

  @Test
  void saysNothingOfALinkWhenTheNameIsGiven() throws IOException, ComposeException {
    assertThat(load(link("other", "name: shop\nservices: {web: {image: x}}")).warnings()).isEmpty();
  }

  @Test
  void saysNothingOfALinkWithTheSameName() throws IOException, ComposeException {
    assertThat(load(link("sub/real", "services: {web: {image: x}}")).warnings()).isEmpty();
  }

  private Path link(String name, String yaml) throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.writeString(real.resolve("compose.yaml"), yaml);
    Path link = folder.resolve(name);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, real);
  }

  private static LoadedProject load(Path directory) throws ComposeException {
    return ProjectLoader.load(LoadRequest.in(directory, Map.of()));
  }
}
