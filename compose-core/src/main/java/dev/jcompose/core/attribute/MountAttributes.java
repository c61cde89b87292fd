package dev.jcompose.core.attribute;

import static dev.jcompose.core.attribute.Type.BYTES;
import static dev.jcompose.core.attribute.Type.FLAG;
import static dev.jcompose.core.attribute.Type.LIST;
import static dev.jcompose.core.attribute.Type.MAP;
import static dev.jcompose.core.attribute.Type.NAMED;
import static dev.jcompose.core.attribute.Type.SCALAR_OR_NOTHING;
import static dev.jcompose.core.attribute.Type.TEXT;
import static dev.jcompose.core.attribute.Type.WHOLE;

/** The lines of a service's volumes. */
final class MountAttributes {
  private MountAttributes() {}

  static void addTo(Rows t) {
    t.row("volumes", LIST, "What it sees beside the image.").merged(Merge.BY_TARGET);
    t.row("volumes[]", MAP, "One mount.").from(ShortForm.MOUNT).needs("type", "target");
    t.row("volumes[].type", TEXT, "What is mounted.")
        .oneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image");
    t.row("volumes[].source", TEXT, "Path on the host, or name of a volume or image.")
        .at(PathRule.MOUNT_SOURCE);
    t.row("volumes[].target", TEXT, "Path in the container.");
    t.row("volumes[].read_only", FLAG, "Whether it cannot be written.");
    t.row("volumes[].consistency", TEXT, "How soon both sides see changes.")
        .idle("only Docker Desktop knows it");
    t.row("volumes[].bind", MAP, "Of binds.");
    t.row("volumes[].bind.selinux", TEXT, "SELinux label.").oneOf("z", "Z");
    t.row("volumes[].bind.propagation", TEXT, "How mounts below it spread.");
    t.row("volumes[].bind.create_host_path", FLAG, "Whether a missing source is made.")
        .otherwise("true")
        .kept();
    t.row("volumes[].bind.recursive", TEXT, "What happens to mounts below it.")
        .oneOf("enabled", "disabled", "writable", "readonly");
    t.row("volumes[].volume", MAP, "Of volumes.");
    t.row("volumes[].volume.labels", NAMED, "Labels of an unnamed volume.").from(ShortForm.PAIRS);
    t.row("volumes[].volume.labels.*", SCALAR_OR_NOTHING, "One label.").kept();
    t.row("volumes[].volume.nocopy", FLAG, "Whether the image's files stay out.");
    t.row("volumes[].volume.subpath", TEXT, "Directory of the volume.");
    t.row("volumes[].tmpfs", MAP, "Of memory.");
    t.row("volumes[].tmpfs.size", BYTES, "Its size.");
    t.row("volumes[].tmpfs.mode", WHOLE, "Its permission bits.").cut();
    t.row("volumes[].image", MAP, "Of images.");
    t.row("volumes[].image.subpath", TEXT, "Directory of the image.");
  }
}
