package dev.jcompose.core.adapter;

import dev.jcompose.engine.api.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what an engine tells about the layers of one pull or push. A text comes only when there
 * is news worth a line: another tenth of the bytes, another layer.
 */
final class TransferText {
  private static final String[] UNITS = {"B", "kB", "MB", "GB"};

  private static final class Layer {
    long current;
    long total;
    boolean done;
  }

  private final String word;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private String last = "";

  /**
   * @param word "Pulling", "Pushing"
   */
  TransferText(String word) {
    this.word = word;
  }

  /** Takes a line of the engine; null when there is nothing new to say. */
  @Nullable String take(JsonObject line) {
    String id = line.string("id");
    JsonObject detail = line.object("progressDetail");
    String status = line.string("status");
    boolean counted = detail.number("total") > 0;
    if (id.isEmpty() || (!counted && status.startsWith("Pulling from"))) {
      return null;
    }
    Layer layer = layers.computeIfAbsent(id, key -> new Layer());
    if (counted && !status.startsWith("Extracting")) {
      // Docker counts the bytes of the archive it sends against those of the files in it.
      layer.current = detail.number("current");
      layer.total = Math.max(layer.current, detail.number("total"));
    }
    layer.done = isEnd(status);
    if (layer.done) {
      layer.current = layer.total;
    }
    String text = text();
    if (text.equals(last)) {
      return null;
    }
    last = text;
    return text;
  }

  private static boolean isEnd(String status) {
    return status.equals("Pull complete")
        || status.equals("Already exists")
        || status.equals("Pushed")
        || status.equals("Layer already exists")
        || status.startsWith("Mounted from");
  }

  private String text() {
    long current = 0;
    long total = 0;
    int done = 0;
    for (Layer layer : layers.values()) {
      current += layer.current;
      total += layer.total;
      done += layer.done ? 1 : 0;
    }
    String count = " (%d of %d layers)".formatted(done, layers.size());
    return total == 0
        ? word + count
        : word + " " + current * 10 / total * 10 + "% of " + size(total) + count;
  }

  private static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1000 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.1f%s", amount, UNITS[unit]);
  }
}
