package dev.jcompose.cli.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** A part of the kernel that may be left out or be a module: what containers need of them. */
enum KernelFeature {
  OVERLAY("overlay", "OVERLAY_FS", "layers of images and containers"),
  BRIDGE("bridge", "BRIDGE", "networks"),
  VETH("veth", "VETH", "networks"),
  NF_TABLES("nf_tables", "NF_TABLES", "published ports and the way out of networks"),
  NFT_NAT("nft_chain_nat", "NFT_NAT", "published ports and the way out of networks");

  /** Whether the kernel has it. */
  enum Presence {
    LOADED,
    /** It can be loaded when it is needed. */
    AVAILABLE,
    ABSENT,
    /** Nothing on this machine tells. */
    UNKNOWN
  }

  private final String module;
  private final String option;
  private final String use;

  KernelFeature(String module, String option, String use) {
    this.module = module;
    this.option = option;
    this.use = use;
  }

  private Presence on(Host host, String release) {
    boolean fileSystem =
        host.read("/proc/filesystems").orElse("").lines().anyMatch(l -> l.endsWith("\t" + module));
    if (fileSystem || host.has("/sys/module/" + module)) {
      return Presence.LOADED;
    }
    String modules = "/lib/modules/" + release;
    String listed =
        host.read(modules + "/modules.builtin").orElse("")
            + host.read(modules + "/modules.dep").orElse("");
    if (listed.contains("/" + module + ".ko")) {
      return Presence.AVAILABLE;
    }
    if (host.has("/proc/config.gz")) {
      return configured(host) ? Presence.LOADED : Presence.ABSENT;
    }
    return listed.isEmpty() ? Presence.UNKNOWN : Presence.ABSENT;
  }

  private boolean configured(Host host) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(host.path("/proc/config.gz"))),
                StandardCharsets.US_ASCII))) {
      return lines.lines().anyMatch(line -> line.matches("CONFIG_" + option + "=[ym]"));
    } catch (IOException unreadable) {
      return false;
    }
  }

  Finding check(Host host, String release) {
    String name = "kernel " + module;
    return switch (on(host, release)) {
      case LOADED -> Finding.ok(name, "there");
      case AVAILABLE -> Finding.ok(name, "there, loaded at its first use");
      case UNKNOWN ->
          Finding.note(
              name, "this machine does not tell whether it is there", "modprobe " + module);
      case ABSENT ->
          Finding.missing(
              name,
              "not in this kernel, and needed for " + use,
              "boot a kernel with CONFIG_" + option);
    };
  }
}
