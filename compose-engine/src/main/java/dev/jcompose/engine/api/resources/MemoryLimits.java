package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Memory limits in bytes, 0 for none. {@code swap} counts memory plus swap, -1 for unlimited swap;
 * {@code swappiness} is 0 to 100, null for the kernel's default.
 */
public record MemoryLimits(
    long limit,
    long reservation,
    long swap,
    @Nullable Long swappiness,
    @Nullable Boolean oomKillDisable)
    implements JsonValue {

  /** No limit. */
  public static final MemoryLimits NONE = new MemoryLimits(0, 0, 0, null, null);

  static MemoryLimits of(JsonObject json) {
    return new MemoryLimits(
        json.number("Memory"),
        json.number("MemoryReservation"),
        json.number("MemorySwap"),
        json.numberOrNull("MemorySwappiness"),
        json.flagOrNull("OomKillDisable"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Memory", limit)
        .put("MemoryReservation", reservation)
        .put("MemorySwap", swap)
        .put("MemorySwappiness", swappiness)
        .put("OomKillDisable", oomKillDisable)
        .build();
  }
}
