package dev.jcompose.engine.oci.bundle;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.runtime.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code mounts} of a config.json. */
public final class MountReader {
  /** Flags of mount(2) by the names of mount(8). */
  static final Set<String> FLAGS =
      Set.of(
          "ro",
          "nosuid",
          "nodev",
          "noexec",
          "sync",
          "mand",
          "dirsync",
          "nosymfollow",
          "noatime",
          "nodiratime",
          "silent",
          "relatime",
          "iversion",
          "strictatime",
          "lazytime");

  /** Names that take a flag back, or say what is so anyway. */
  static final Map<String, String> CLEARING =
      Map.ofEntries(
          Map.entry("rw", "ro"),
          Map.entry("suid", "nosuid"),
          Map.entry("dev", "nodev"),
          Map.entry("exec", "noexec"),
          Map.entry("async", "sync"),
          Map.entry("nomand", "mand"),
          Map.entry("symfollow", "nosymfollow"),
          Map.entry("atime", "noatime"),
          Map.entry("diratime", "nodiratime"),
          Map.entry("loud", "silent"),
          Map.entry("norelatime", "relatime"),
          Map.entry("noiversion", "iversion"),
          Map.entry("nostrictatime", "strictatime"),
          Map.entry("nolazytime", "lazytime"),
          Map.entry("defaults", ""));

  static final Map<String, Mount.Propagation> PROPAGATIONS =
      Map.of(
          "private", Mount.Propagation.PRIVATE,
          "rprivate", Mount.Propagation.PRIVATE,
          "slave", Mount.Propagation.SLAVE,
          "rslave", Mount.Propagation.SLAVE,
          "shared", Mount.Propagation.SHARED,
          "rshared", Mount.Propagation.SHARED,
          "unbindable", Mount.Propagation.UNBINDABLE,
          "runbindable", Mount.Propagation.UNBINDABLE);

  /** What can be restricted on a bind, alone or with an r before it for all mounts below. */
  static final List<String> RESTRICTIONS =
      List.of("nosuid", "nodev", "noexec", "noatime", "nodiratime", "strictatime", "nosymfollow");

  private static final Set<String> REFUSED = Set.of("remount", "tmpcopyup", "idmap", "ridmap");

  private final Bundle bundle;

  MountReader(Bundle bundle) {
    this.bundle = bundle;
  }

  /** Options of one mount, sorted by what they are. */
  private record Options(
      Set<String> flags,
      List<String> data,
      Mount.Propagation propagation,
      boolean bind,
      boolean recursive,
      boolean readOnlyBelow,
      List<String> below) {}

  List<Mount> read() throws BundleException {
    List<Mount> mounts = new ArrayList<>();
    boolean dev = false;
    List<JsonObject> entries = bundle.config().objects("mounts");
    for (int i = 0; i < entries.size(); i++) {
      Mount mount = mount("mounts[" + i + "]", entries.get(i));
      mounts.add(mount);
      dev |= mount.target().equals("/dev");
    }
    if (!dev) {
      // The devices every container has belong into its /dev, whatever that is.
      mounts.add(new Mount.Nodes("/dev"));
    }
    return mounts;
  }

  private Mount mount(String path, JsonObject entry) throws BundleException {
    // Old bundles have relative destinations; they count from the root.
    String target = Path.of("/").resolve(entry.string("destination")).normalize().toString();
    if (entry.string("destination").isEmpty() || target.equals("/")) {
      throw new BundleException("config.json: " + path + ".destination must be below the root");
    }
    if (!entry.objects("uidMappings").isEmpty() || !entry.objects("gidMappings").isEmpty()) {
      throw BundleException.unsupported(path + ".uidMappings", "mount it without mappings");
    }
    Options options = options(path, entry.strings("options"));
    String type = entry.string("type");
    String source = entry.string("source");
    if (options.bind() || type.equals("bind")) {
      return bind(path, source, target, options);
    }
    if (type.isEmpty()) {
      throw new BundleException("config.json: " + path + " has no type; name one, or bind it");
    }
    boolean readOnly = options.flags().contains("ro");
    List<String> flags = List.copyOf(options.flags());
    String data = String.join(",", options.data());
    if (type.equals("cgroup") || type.equals("cgroup2")) {
      return new Mount.Cgroup(target, readOnly);
    }
    return type.equals("tmpfs") && target.equals("/dev")
        ? new Mount.Dev(target, flags, data)
        : new Mount.Filesystem(type, source.isEmpty() ? type : source, target, flags, data);
  }

  private Mount bind(String path, String source, String target, Options options)
      throws BundleException {
    Path from = bundle.directory().resolve(source).normalize();
    if (source.isEmpty() || !Files.exists(from)) {
      throw new BundleException("config.json: " + path + ".source " + from + " does not exist");
    }
    if (!options.data().isEmpty()) {
      throw new BundleException(
          "config.json: "
              + path
              + ": \""
              + options.data().getFirst()
              + "\" cannot be given to a bind");
    }
    List<String> restrictions = new ArrayList<>(options.flags());
    restrictions.retainAll(RESTRICTIONS);
    restrictions.addAll(options.below());
    return new Mount.Bind(
        from,
        target,
        options.flags().contains("ro") || options.readOnlyBelow(),
        options.readOnlyBelow(),
        options.recursive(),
        options.propagation(),
        restrictions);
  }

  private static Options options(String path, List<String> words) throws BundleException {
    Set<String> flags = new LinkedHashSet<>();
    List<String> data = new ArrayList<>();
    List<String> below = new ArrayList<>();
    Mount.Propagation propagation = Mount.Propagation.PRIVATE;
    boolean bind = false;
    boolean recursive = false;
    boolean readOnlyBelow = false;
    for (String word : words) {
      if (REFUSED.contains(word)) {
        throw BundleException.unsupported(path + " option \"" + word + "\"", "leave it out");
      }
      if (FLAGS.contains(word)) {
        flags.add(word);
      } else if (CLEARING.containsKey(word)) {
        flags.remove(CLEARING.get(word));
      } else if (PROPAGATIONS.containsKey(word)) {
        propagation = PROPAGATIONS.getOrDefault(word, propagation);
      } else if (word.equals("bind") || word.equals("rbind")) {
        bind = true;
        recursive = word.equals("rbind");
      } else if (word.equals("rro")) {
        readOnlyBelow = true;
      } else if (word.startsWith("r") && RESTRICTIONS.contains(word.substring(1))) {
        below.add(word);
      } else {
        data.add(word);
      }
    }
    return new Options(flags, data, propagation, bind, recursive, readOnlyBelow, below);
  }
}
