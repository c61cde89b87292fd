package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.runtime.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes mounts as a config.json has them. */
final class MountWriter {
  private static final List<String> QUIET = List.of("nosuid", "noexec", "nodev");

  private MountWriter() {}

  static List<JsonObject> mounts(List<Mount> mounts) {
    return mounts.stream().map(MountWriter::mount).flatMap(Optional::stream).toList();
  }

  private static Optional<JsonObject> mount(Mount mount) {
    return Optional.ofNullable(
        switch (mount) {
          case Mount.Proc proc -> json(proc, "proc", "proc", QUIET);
          case Mount.Mqueue mqueue -> json(mqueue, "mqueue", "mqueue", QUIET);
          case Mount.Sysfs sysfs -> json(sysfs, "sysfs", "sysfs", with(QUIET, sysfs.readOnly()));
          case Mount.Cgroup cgroup ->
              json(cgroup, "cgroup", "cgroup", with(QUIET, cgroup.readOnly()));
          case Mount.Devpts devpts ->
              json(
                  devpts,
                  "devpts",
                  "devpts",
                  List.of(
                      "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"));
          case Mount.Dev dev -> json(dev, "tmpfs", "tmpfs", both(dev.flags(), dev.data()));
          case Mount.Filesystem any ->
              json(any, any.type(), any.source(), both(any.flags(), any.data()));
          case Mount.Tmpfs tmpfs -> json(tmpfs, "tmpfs", "tmpfs", options(tmpfs));
          case Mount.Bind bind -> json(bind, "bind", bind.source().toString(), options(bind));
          case Mount.Layers layers ->
              json(
                  layers,
                  "bind",
                  layers.place() + layers.path(),
                  List.of("rbind", "rprivate", "ro"));
          // Other runtimes make the standard nodes by themselves.
          case Mount.Nodes _ -> null;
        });
  }

  private static JsonObject json(Mount mount, String type, String source, List<String> options) {
    return JsonObject.builder()
        .put("destination", mount.target())
        .put("type", type)
        .put("source", source)
        .put("options", options)
        .build();
  }

  private static List<String> with(List<String> options, boolean readOnly) {
    List<String> all = new ArrayList<>(options);
    if (readOnly) {
      all.add("ro");
    }
    return all;
  }

  private static List<String> both(List<String> flags, String data) {
    List<String> all = new ArrayList<>(flags);
    if (!data.isEmpty()) {
      all.addAll(Arrays.asList(data.split(",", -1)));
    }
    return all;
  }

  private static List<String> options(Mount.Tmpfs tmpfs) {
    List<String> all = new ArrayList<>(tmpfs.options());
    all.add("mode=" + Integer.toOctalString(tmpfs.mode()));
    if (tmpfs.sizeBytes() != 0) {
      all.add("size=" + tmpfs.sizeBytes());
    }
    return all;
  }

  private static List<String> options(Mount.Bind bind) {
    List<String> all = new ArrayList<>();
    all.add(bind.recursive() ? "rbind" : "bind");
    all.add("r" + bind.propagation().name().toLowerCase(Locale.ROOT));
    all.addAll(bind.restrictions());
    return with(all, bind.readOnly());
  }
}
