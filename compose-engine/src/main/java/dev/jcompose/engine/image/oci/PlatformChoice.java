package dev.jcompose.engine.image.oci;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several images runs best on a platform (containerd's {@code platforms/compare.go}): the
 * same variant, else the nearest lower one, else an older architecture the processor still runs.
 */
public final class PlatformChoice {
  private static final List<String> AMD64 = List.of("v4", "v3", "v2", "");
  private static final List<String> ARM = List.of("v8", "v7", "v6", "v5");

  private final List<Platform> preferred;

  private PlatformChoice(List<Platform> preferred) {
    this.preferred = preferred;
  }

  /** The order of preference for this platform. */
  public static PlatformChoice of(Platform wanted) {
    List<Platform> order = new ArrayList<>();
    order.add(wanted);
    String os = wanted.os();
    switch (wanted.architecture()) {
      case "amd64" -> {
        variantsFrom(AMD64, wanted.variant()).forEach(v -> order.add(new Platform(os, "amd64", v)));
        order.add(new Platform(os, "386", ""));
      }
      case "arm64" -> {
        arm64(wanted.variant()).forEach(v -> order.add(new Platform(os, "arm64", v)));
        ARM.forEach(v -> order.add(new Platform(os, "arm", v)));
      }
      case "arm" ->
          variantsFrom(ARM, wanted.variant()).forEach(v -> order.add(new Platform(os, "arm", v)));
      default -> {
        // Nothing else runs there.
      }
    }
    return new PlatformChoice(order);
  }

  private static List<String> variantsFrom(List<String> variants, String variant) {
    int at = variants.indexOf(variant);
    return at < 0 ? List.of() : variants.subList(at, variants.size());
  }

  /**
   * {@code v9.x} runs {@code v9.x} down to {@code v9}, then {@code v8.(x+5)} down to {@code v8}.
   */
  private static List<String> arm64(String variant) {
    List<String> order = new ArrayList<>();
    if (variant.startsWith("v9")) {
      int minor = minor(variant);
      down("v9", minor, order);
      down("v8", minor + 5, order);
    } else if (variant.startsWith("v8")) {
      down("v8", minor(variant), order);
    }
    order.add("");
    return order;
  }

  private static void down(String major, int minor, List<String> order) {
    for (int i = Math.min(minor, 9); i > 0; i--) {
      order.add(major + "." + i);
    }
    order.add(major);
  }

  private static int minor(String variant) {
    int dot = variant.indexOf('.');
    try {
      return dot < 0 ? 0 : Integer.parseInt(variant.substring(dot + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether an image for this platform runs. */
  public boolean takes(Platform offered) {
    return preferred.contains(offered);
  }

  /** The best entry; empty when none runs. Of equals the first is taken. */
  public Optional<Descriptor> best(List<Descriptor> entries) {
    return entries.stream()
        .filter(entry -> entry.platform() != null && takes(entry.platform()))
        .min(Comparator.comparingInt(entry -> preferred.indexOf(entry.platform())));
  }
}
