package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.spec.StorageSpec;
import dev.jcompose.core.project.FileObject;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.VolumeConfig;
import dev.jcompose.core.project.mount.FileReference;
import dev.jcompose.core.project.mount.Mount;
import dev.jcompose.core.project.mount.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a service's mounts, configs and secrets into those of its containers. */
final class StorageTranslator {
  private static final int DEFAULT_MODE = 0444;

  /**
   * The configs and secrets of a service.
   *
   * @param binds those that are files of this machine and show their own owner and mode
   * @param injected the others
   * @param hashes of the content of what is in {@code binds}
   */
  record Files(List<MountSpec> binds, List<InjectedFile> injected, List<String> hashes) {}

  private final Project project;
  private final Refusals refusals;

  StorageTranslator(Project project, Refusals refusals) {
    this.project = project;
    this.refusals = refusals;
  }

  Files files(Service service) {
    Storage storage = service.storage();
    Files files = new Files(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String path = "services." + service.name();
    int index = 0;
    for (FileReference reference : storage.configs()) {
      add(files, project.configs(), reference, path + ".configs[" + index++ + "]");
    }
    index = 0;
    for (FileReference reference : storage.secrets()) {
      add(files, project.secrets(), reference, path + ".secrets[" + index++ + "]");
    }
    return files;
  }

  private void add(
      Files files, Map<String, FileObject> objects, FileReference reference, String path) {
    FileObject object = objects.get(reference.source());
    if (object == null) {
      refusals.refuse(
          path, "\"" + reference.source() + "\" is not defined", "define it at the top level");
      return;
    }
    String file = object.file();
    if (object.external() || object.driver() != null || object.templateDriver() != null) {
      refusals.refuse(
          path, "there is no store of external configs and secrets here", "give file or content");
    } else if (file != null) {
      String digest = object.fileHash().hex();
      if (reference.uid() != null || reference.gid() != null || reference.mode() != null) {
        // A mount shows the owner and mode of the file itself, so the container gets a copy.
        files.injected().add(injected(path, reference, new InjectedFile.HostFile(file, digest)));
        return;
      }
      files.binds().add(MountSpec.Bind.readOnly(file, reference.target()));
      if (!digest.isEmpty()) {
        files.hashes().add(digest);
      }
    } else if (object.content() == null) {
      refusals.refuse(
          path,
          object.environment() == null
              ? "it has no content"
              : "the variable " + object.environment() + " is not set",
          "set it, or give file or content");
    } else {
      files.injected().add(injected(path, reference, new InjectedFile.Text(object.content())));
    }
  }

  private InjectedFile injected(String path, FileReference reference, InjectedFile.Source source) {
    return new InjectedFile(
        reference.target(),
        source,
        id(path, "uid", reference.uid()),
        id(path, "gid", reference.gid()),
        reference.mode() == null ? DEFAULT_MODE : reference.mode());
  }

  private int id(String path, String attribute, @Nullable String number) {
    if (number == null) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(number);
    } catch (NumberFormatException notANumber) {
      refusals.refuse(
          path + "." + attribute,
          "\"" + number + "\" is not a number",
          "write a user's or group's number");
      return 0;
    }
  }

  StorageSpec translate(Service service, List<MountSpec> binds) {
    Storage storage = service.storage();
    List<MountSpec> mounts = new ArrayList<>();
    for (int i = 0; i < storage.mounts().size(); i++) {
      MountSpec mount = mount(service, i, storage.mounts().get(i));
      if (mount != null) {
        mounts.add(mount);
      }
    }
    mounts.addAll(binds);
    Map<String, String> tmpfs = new LinkedHashMap<>();
    for (String entry : storage.tmpfs()) {
      int colon = entry.indexOf(':');
      tmpfs.put(
          colon < 0 ? entry : entry.substring(0, colon),
          colon < 0 ? "" : entry.substring(colon + 1));
    }
    List<String> volumesFrom =
        storage.volumesFrom().stream()
            .map(entry -> entry.startsWith("container:") ? entry : "service:" + entry)
            .toList();
    return new StorageSpec(
        mounts,
        tmpfs,
        volumesFrom,
        storage.readOnly(),
        storage.shmSize(),
        storage.storageOptions(),
        null);
  }

  private @Nullable MountSpec mount(Service service, int index, Mount mount) {
    return switch (mount) {
      case Mount.Bind bind ->
          new MountSpec.Bind(
              bind.source(),
              bind.target(),
              bind.readOnly(),
              bind.createHostPath(),
              bind.propagation(),
              bind.recursive(),
              bind.selinux());
      case Mount.Volume volume ->
          new MountSpec.Volume(
              volumeName(volume.source()),
              volume.target(),
              volume.readOnly(),
              !volume.nocopy(),
              volume.subpath(),
              volume.labels());
      case Mount.Tmpfs tmpfs ->
          new MountSpec.Tmpfs(tmpfs.target(), tmpfs.readOnly(), tmpfs.size(), tmpfs.mode());
      case Mount.Image image ->
          new MountSpec.Image(image.source(), image.target(), true, image.subpath());
      case Mount.Foreign foreign -> {
        refusals.refuse(
            "services." + service.name() + ".volumes[" + index + "].type",
            "\"" + foreign.type() + "\" mounts exist only on other systems",
            "use bind, volume, tmpfs or image");
        yield null;
      }
    };
  }

  private @Nullable String volumeName(@Nullable String key) {
    if (key == null) {
      return null;
    }
    VolumeConfig volume = project.volumes().get(key);
    return volume == null ? key : volume.name();
  }
}
