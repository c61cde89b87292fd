package dev.jcompose.engine.image.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.image.NoSuchImageException;
import dev.jcompose.engine.image.Removal;
import dev.jcompose.engine.image.host.HostImages;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.SmallImages;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLibraryTest {
  private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant NEW = Instant.parse("2021-01-01T00:00:00Z");
  private static final ImageUse STOPPED = id -> List.of(new ImageUse.User("c".repeat(64), false));
  private static final ImageUse RUNNING = id -> List.of(new ImageUse.User("c".repeat(64), true));

  @TempDir Path root;
  private final List<ImageEvent> events = new ArrayList<>();
  private ImageStore store;
  private ImageLibrary library;

  @BeforeEach
  void open() throws IOException {
    store =
        ImageStore.open(ImagePaths.of(StateDirectory.of(root)), new JnaFileCalls(), events::add);
    HostImages host = new HostImages(store, new JnaFileCalls(), Path.of("/nonexistent"));
    library =
        new ImageLibrary(
            store,
            new JnaFileCalls(),
            host,
            new RegistryTransfers(StateDirectory.of(root), store, new JnaFileCalls(), host));
  }

  @Test
  void findsImagesByNameIdAndBeginningOfId() throws Exception {
    Image image = SmallImages.add(store, "app:1", OLD, "a");
    assertThat(library.resolve("app:1")).isEqualTo(image);
    assertThat(library.resolve("docker.io/library/app:1")).isEqualTo(image);
    assertThat(library.resolve(image.id())).isEqualTo(image);
    assertThat(library.resolve(image.shortId())).isEqualTo(image);
    assertThat(library.resolve("sha256:" + image.shortId())).isEqualTo(image);
    assertThat(library.resolve(image.id().substring("sha256:".length()))).isEqualTo(image);
  }

  @Test
  void saysWhatToDoWhenThereIsNoSuchImage() throws IOException {
    SmallImages.add(store, "app:1", OLD, "a");
    assertThatThrownBy(() -> library.resolve("app"))
        .isInstanceOf(NoSuchImageException.class)
        .hasMessageContaining("No such image: app")
        .hasMessageContaining("jcompose image from-host");
    assertThatThrownBy(() -> library.resolve("No Name")).isInstanceOf(BadReferenceException.class);
  }

  @Test
  void asksForMoreDigitsWhenSeveralIdsMatch() throws IOException {
    List<String> firstDigits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      firstDigits.add(SmallImages.add(store, "app:" + i, OLD, "w" + i).shortId().substring(0, 1));
    }
    String shared =
        firstDigits.stream()
            .filter(digit -> firstDigits.indexOf(digit) != firstDigits.lastIndexOf(digit))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> library.resolve(shared)).hasMessageContaining("write more");
  }

  @Test
  void listsTheNewestFirst() throws IOException {
    SmallImages.add(store, "old", OLD, "a");
    SmallImages.add(store, "new", NEW, "b");
    assertThat(library.list())
        .extracting(Image::repoTags)
        .containsExactly(List.of("new:latest"), List.of("old:latest"));
  }

  @Test
  void aNameMovesFromOneImageToAnother() throws Exception {
    Image first = SmallImages.add(store, "a", OLD, "a");
    Image second = SmallImages.add(store, "b", OLD, "b");
    library.tag("b", "a:latest");
    assertThat(library.resolve("a").id()).isEqualTo(second.id());
    assertThat(library.resolve(first.id()).repoTags()).isEmpty();
    assertThatThrownBy(() -> library.tag("a", "x@" + first.id()))
        .hasMessageContaining("name[:tag]");
  }

  @Test
  void removesNamesFirstAndContentWithTheLastOne() throws Exception {
    SmallImages.add(store, "base", OLD, "shared");
    String id = SmallImages.add(store, "a:1", NEW, "shared", "own").id();
    library.tag("a:1", "b:2");
    events.clear();
    assertThat(library.remove("a:1", false, false, ImageUse.NONE))
        .containsExactly(new Removal.Untagged("a:1"));
    assertThat(library.remove("b:2", false, false, ImageUse.NONE))
        .startsWith(new Removal.Untagged("b:2"), new Removal.Deleted(id))
        .hasSize(3);
    assertThat(events)
        .extracting(ImageEvent::action)
        .containsExactly(
            ImageEvent.Action.UNTAG, ImageEvent.Action.UNTAG, ImageEvent.Action.DELETE);
    assertThat(library.resolve("base").layerDirectories().getFirst().resolve("shared")).exists();
    try (Stream<Path> layers = Files.list(root.resolve("layers"))) {
      assertThat(layers).as("only the shared layer stays").hasSize(1);
    }
  }

  @Test
  void anIdWithSeveralNamesIsRemovedOnlyByForce() throws Exception {
    String id = SmallImages.add(store, "a", OLD, "a").id();
    library.tag("a", "b");
    assertThatThrownBy(() -> library.remove(id, false, false, ImageUse.NONE))
        .hasMessage(
            "conflict: unable to delete %s (must be forced) - image is referenced in multiple"
                + " repositories",
            library.resolve(id).shortId());
    library.remove(id, true, false, ImageUse.NONE);
    assertThat(library.list()).isEmpty();
  }

  @Test
  void keepsWhatContainersUse() throws Exception {
    String id = SmallImages.add(store, "a", OLD, "a").id();
    String shortId = library.resolve(id).shortId();
    assertThatThrownBy(() -> library.remove("a", false, false, STOPPED))
        .hasMessage(
            "conflict: unable to remove repository reference \"a\" (must force) - container"
                + " cccccccccccc is using its referenced image %s",
            shortId);
    assertThatThrownBy(() -> library.remove(id, false, false, STOPPED))
        .hasMessage(
            "conflict: unable to delete %s (must be forced) - image is being used by stopped"
                + " container cccccccccccc",
            shortId);
    assertThatThrownBy(() -> library.remove(id, true, false, RUNNING))
        .hasMessage(
            "conflict: unable to delete %s (cannot be forced) - image is being used by running"
                + " container cccccccccccc",
            shortId);
    assertThat(library.remove("a", true, false, STOPPED))
        .containsExactly(new Removal.Untagged("a:latest"));
    assertThat(library.resolve(id).repoTags()).isEmpty();
    assertThat(library.prune(true, image -> true, STOPPED).removals()).isEmpty();
    assertThat(library.prune(false, image -> true, ImageUse.NONE).spaceReclaimed()).isEqualTo(1);
    assertThat(library.list()).isEmpty();
  }

  @Test
  void pruningTakesImagesWithNamesOnlyWhenAskedFor() throws Exception {
    SmallImages.add(store, "a", OLD, "a");
    assertThat(library.prune(false, image -> true, ImageUse.NONE).removals()).isEmpty();
    assertThat(library.prune(true, image -> true, ImageUse.NONE).removals())
        .startsWith(new Removal.Untagged("a:latest"));
  }

  @Test
  void aReopenedStoreHasTheSameImagesAndNoLeftovers() throws Exception {
    Image image = SmallImages.add(store, "a", OLD, "a", "b");
    Path half = Files.createDirectories(root.resolve("layers/.half/etc"));
    Path unrecorded = Files.createDirectory(root.resolve("layers").resolve("0".repeat(64)));
    Path temporary = Files.writeString(root.resolve("images/tags.json.new"), "{");
    ImageStore again =
        ImageStore.open(ImagePaths.of(StateDirectory.of(root)), new JnaFileCalls(), events::add);
    assertThat(again.list()).containsExactly(image);
    assertThat(half).doesNotExist();
    assertThat(unrecorded).doesNotExist();
    assertThat(temporary).doesNotExist();
  }

  @Test
  void anImageWhoseLayerVanishedIsNotOffered() throws Exception {
    Image image = SmallImages.add(store, "a", OLD, "a");
    Path layer = image.layerDirectories().getFirst();
    Files.delete(layer.resolve("a"));
    Files.delete(layer);
    ImageStore again =
        ImageStore.open(ImagePaths.of(StateDirectory.of(root)), new JnaFileCalls(), events::add);
    assertThat(again.list()).isEmpty();
  }

  @Test
  void anImageStaysWholeWhenTheOneBelowItIsRemoved() throws Exception {
    SmallImages.add(store, "base:1", OLD, "a");
    Image above = SmallImages.add(store, "app:1", NEW, "a", "b");
    assertThat(library.remove("base:1", false, false, ImageUse.NONE))
        .noneMatch(removal -> removal.equals(new Removal.Deleted(above.diffIds().getFirst() + "")));
    assertThat(library.resolve("app:1").layerDirectories()).allMatch(Files::exists);
  }

  @Test
  void layersMayBeKeptForWhatIsBuiltNext() throws Exception {
    Image image = SmallImages.add(store, "app:1", OLD, "a");
    library.remove("app:1", false, true, ImageUse.NONE);
    assertThat(image.layerDirectories()).allMatch(Files::exists);
    assertThat(library.usage().leftovers()).isEqualTo(1);
  }

  @Test
  void prunesOnlyWhatIsAskedFor() throws Exception {
    SmallImages.add(store, "old:1", OLD, "a");
    SmallImages.add(store, "new:1", NEW, "b");
    library.prune(true, image -> image.created().isBefore(NEW), ImageUse.NONE);
    assertThat(library.list()).flatExtracting(Image::repoTags).containsExactly("new:1");
  }

  @Test
  void aLimitTakesLeftoversThenNamelessImagesAndNeverNamesOrWhatIsUsed() throws Exception {
    Image named = SmallImages.add(store, "named:1", OLD, "aaaaaaaaaa");
    Image nameless = SmallImages.add(store, "gone:1", OLD, "bbbbbbbbbb");
    store.untag(dev.jcompose.engine.image.Reference.parse("gone:1"));
    SmallImages.add(store, "built:1", OLD, "cccccccccc");
    library.remove("built:1", false, true, ImageUse.NONE);
    long total = store.usage().total();
    assertThat(new StoreLimit(store, ImageUse.NONE, StoreLimit.Spare.NONE, total).enforce())
        .isZero();
    // One byte too much: the layer that no image has is enough.
    assertThat(new StoreLimit(store, ImageUse.NONE, StoreLimit.Spare.NONE, total - 1).enforce())
        .isEqualTo(10);
    assertThat(library.list()).extracting(Image::id).contains(nameless.id());
    // An image that a container uses stays.
    assertThat(new StoreLimit(store, STOPPED, StoreLimit.Spare.NONE, 1).enforce()).isZero();
    assertThat(new StoreLimit(store, ImageUse.NONE, StoreLimit.Spare.NONE, 1).enforce())
        .isPositive();
    assertThat(library.list()).extracting(Image::id).containsExactly(named.id());
    // And nothing at all happens without a limit.
    assertThat(new StoreLimit(store, ImageUse.NONE, StoreLimit.Spare.NONE, 0).enforce()).isZero();
  }

  @Test
  void whatIsHeldIsNoLeftover() throws Exception {
    Image image = SmallImages.add(store, "app:1", OLD, "a");
    try (var lease = store.layers().lease()) {
      assertThat(lease.find(image.diffIds().getFirst())).isNotNull();
      library.remove("app:1", false, false, ImageUse.NONE);
      assertThat(store.usage().leftovers()).isEmpty();
      assertThat(image.layerDirectories()).allMatch(Files::exists);
    }
    assertThat(store.usage().leftovers()).hasSize(1);
  }
}
