package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.EngineException.InvalidRequest;
import dev.jcompose.engine.api.config.MountSpec;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.spec.MountRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mounts: their short and long forms on the wire, and how inspection shows them. */
final class Mounts {
  private static final Set<String> PROPAGATIONS =
      Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

  private Mounts() {}

  /** Reads {@code [source:]target[:options]}; a source with a slash is a path, else a volume. */
  static MountRequest parse(String text, String volumeDriver) {
    String[] parts = text.split(":", -1);
    if (parts.length > 3 || parts[0].isEmpty()) {
      throw invalid(text, "write [source:]target[:options]");
    }
    String target = parts.length == 1 ? parts[0] : parts[1];
    if (!target.startsWith("/")) {
      throw invalid(text, "the target must be an absolute path");
    }
    Options options = Options.parse(text, parts.length == 3 ? parts[2] : "");
    if (parts.length > 1 && parts[0].startsWith("/")) {
      return new MountRequest.Bind(
          parts[0],
          target,
          options.readOnly,
          true,
          options.propagation,
          false,
          options.recursive,
          text);
    }
    if (parts.length > 1 && parts[0].contains("/")) {
      throw invalid(text, "a source with a slash must be an absolute path");
    }
    return new MountRequest.NamedVolume(
        parts.length == 1 ? null : parts[0],
        target,
        options.readOnly,
        options.noCopy,
        "",
        volumeDriver,
        Map.of(),
        Map.of(),
        text);
  }

  /** Reads the long form. */
  static MountRequest of(MountSpec mount) {
    if (!mount.target().startsWith("/")) {
      throw invalid(mount.target(), "the target must be an absolute path");
    }
    return switch (mount.type()) {
      case "bind" -> {
        JsonObject options = mount.bindOptions();
        yield new MountRequest.Bind(
            mount.source(),
            mount.target(),
            mount.readOnly(),
            options.flag("CreateMountpoint"),
            propagation(mount.target(), options.string("Propagation")),
            options.flag("ReadOnlyNonRecursive"),
            !options.flag("NonRecursive"),
            null);
      }
      case "volume" -> {
        JsonObject options = mount.volumeOptions();
        JsonObject driver = options.object("DriverConfig");
        yield new MountRequest.NamedVolume(
            mount.source().isEmpty() ? null : mount.source(),
            mount.target(),
            mount.readOnly(),
            options.flag("NoCopy"),
            options.string("Subpath"),
            driver.string("Name"),
            driver.stringMap("Options"),
            options.stringMap("Labels"),
            null);
      }
      case "tmpfs" -> {
        JsonObject options = mount.tmpfsOptions();
        Long mode = options.numberOrNull("Mode");
        yield new MountRequest.Tmpfs(
            mount.target(),
            mount.readOnly(),
            options.number("SizeBytes"),
            mode == null || mode == 0 ? null : Math.toIntExact(mode),
            null);
      }
      case "image" ->
          new MountRequest.Image(
              mount.source(), mount.target(), mount.imageOptions().string("Subpath"));
      default ->
          throw invalid(
              mount.target(), "mounts of type \"" + mount.type() + "\" are not supported");
    };
  }

  /** Reads an entry of the host configuration's {@code Tmpfs}. */
  static MountRequest tmpfs(String target, String options) {
    if (!target.startsWith("/")) {
      throw invalid(target, "the target must be an absolute path");
    }
    return new MountRequest.Tmpfs(target, false, 0, null, options);
  }

  /** The long form of a mount that was asked for in it. */
  static MountSpec spec(MountRequest mount) {
    JsonObject none = JsonObject.EMPTY;
    return switch (mount) {
      case MountRequest.Bind bind ->
          new MountSpec(
              "bind",
              bind.source(),
              bind.target(),
              bind.readOnly(),
              "",
              JsonObject.builder()
                  .putUnlessEmpty("Propagation", bind.propagation())
                  .putUnlessEmpty("NonRecursive", !bind.recursive())
                  .putUnlessEmpty("ReadOnlyNonRecursive", bind.onlyTopReadOnly())
                  .putUnlessEmpty("CreateMountpoint", bind.createHostPath())
                  .build(),
              none,
              none,
              none);
      case MountRequest.NamedVolume volume ->
          new MountSpec(
              "volume",
              volume.name() == null ? "" : volume.name(),
              volume.target(),
              volume.readOnly(),
              "",
              none,
              JsonObject.builder()
                  .putUnlessEmpty("NoCopy", volume.noCopy())
                  .putUnlessEmpty("Labels", volume.labels())
                  .putUnlessEmpty("Subpath", volume.subpath())
                  .putUnlessEmpty("DriverConfig", driver(volume))
                  .build(),
              none,
              none);
      case MountRequest.Tmpfs tmpfs ->
          new MountSpec(
              "tmpfs",
              "",
              tmpfs.target(),
              tmpfs.readOnly(),
              "",
              none,
              none,
              JsonObject.builder()
                  .putUnlessEmpty("SizeBytes", tmpfs.size())
                  .putUnlessNull("Mode", tmpfs.mode())
                  .build(),
              none);
      case MountRequest.Image image ->
          new MountSpec(
              "image",
              image.source(),
              image.target(),
              true,
              "",
              none,
              none,
              none,
              JsonObject.builder().putUnlessEmpty("Subpath", image.subpath()).build());
    };
  }

  /** The short form it was asked for in; null for the long form. */
  static @Nullable String text(MountRequest mount) {
    return switch (mount) {
      case MountRequest.Bind bind -> bind.text();
      case MountRequest.NamedVolume volume -> volume.text();
      case MountRequest.Tmpfs tmpfs -> tmpfs.text();
      case MountRequest.Image _ -> null;
    };
  }

  /** A mount as inspection shows it. */
  static dev.jcompose.engine.api.container.MountPoint view(MountPoint mount) {
    return new dev.jcompose.engine.api.container.MountPoint(
        mount.kind().name().toLowerCase(Locale.ROOT),
        mount.kind() == MountPoint.Kind.IMAGE ? "" : mount.name(),
        mount.source(),
        mount.destination(),
        mount.driver(),
        mount.mode(),
        mount.writable(),
        mount.propagation());
  }

  private static JsonObject driver(MountRequest.NamedVolume volume) {
    return JsonObject.builder()
        .putUnlessEmpty("Name", volume.driver())
        .putUnlessEmpty("Options", volume.options())
        .build();
  }

  private static String propagation(String mount, String propagation) {
    if (!propagation.isEmpty() && !PROPAGATIONS.contains(propagation)) {
      throw invalid(mount, "\"" + propagation + "\" is not a propagation");
    }
    return propagation;
  }

  private static InvalidRequest invalid(String text, String reason) {
    return new InvalidRequest("invalid volume specification: '" + text + "': " + reason);
  }

  /** The third part of the short form. Labels for SELinux are accepted where there is none. */
  private record Options(boolean readOnly, boolean noCopy, boolean recursive, String propagation) {
    static Options parse(String whole, String text) {
      boolean readOnly = false;
      boolean noCopy = false;
      boolean recursive = true;
      String propagation = "";
      for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        switch (option) {
          case "ro" -> readOnly = true;
          case "rw", "z", "Z", "consistent", "cached", "delegated" -> {}
          case "nocopy" -> noCopy = true;
          case "bind" -> recursive = false;
          case "rbind" -> recursive = true;
          default -> {
            if (!PROPAGATIONS.contains(option)) {
              throw invalid(whole, "\"" + option + "\" is not an option of a mount");
            }
            propagation = option;
          }
        }
      }
      return new Options(readOnly, noCopy, recursive, propagation);
    }
  }
}
