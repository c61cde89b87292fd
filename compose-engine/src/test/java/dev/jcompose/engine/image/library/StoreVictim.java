package dev.jcompose.engine.image.library;

import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that loads, imports, tags, untags, removes and prunes until it is killed. */
final class StoreVictim {
  private StoreVictim() {}

  /** Takes the state root, an archive of images and an archive of files. */
  public static void main(String[] arguments) throws Exception {
    ImageLibrary library =
        ImageLibrary.open(
            StateDirectory.of(Path.of(arguments[0])),
            new JnaFileCalls(),
            event -> System.out.println(event.action()));
    for (int i = 0; ; i++) {
      try (InputStream images = Files.newInputStream(Path.of(arguments[1]))) {
        library.archives().load(images, null);
      }
      System.out.println("loaded");
      try (InputStream files = Files.newInputStream(Path.of(arguments[2]))) {
        library
            .archives()
            .importFiles(files, "imported:" + i % 3, "round " + i, List.of("ENV ROUND=" + i), null);
      }
      System.out.println("imported");
      if (i % 2 == 1) {
        library.remove("app:1", true, false, ImageUse.NONE);
        System.out.println("removed");
        library.prune(true, image -> true, ImageUse.NONE);
        System.out.println("pruned");
      }
    }
  }
}
