package dev.jcompose.engine.http.routes.build;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.build.cache.BuildCache;
import dev.jcompose.engine.build.cache.CacheEntry;
import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Moments;
import dev.jcompose.engine.http.Parameters;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /build/prune} asks for.
 *
 * @param all whether entries go whose layer an image has
 * @param keep bytes that stay
 * @param unusedSince only what nobody has used since; null for all
 */
record CachePruning(boolean all, long keep, Filters filters, @Nullable Instant unusedSince) {
  static CachePruning of(Parameters query) {
    if (!query.string("min-free-space").isEmpty()) {
      throw HttpProblem.badRequest(
          "min-free-space is not supported; write how much may stay with max-used-space");
    }
    Filters filters =
        query.filters("id", "type", "shared", "private", "until", "unused-for", "description");
    Set<String> age = filters.values(filters.has("until") ? "until" : "unused-for");
    if (age.size() > 1 || (filters.has("until") && filters.has("unused-for"))) {
      throw HttpProblem.badRequest("until and unused-for take one age together; leave one out");
    }
    return new CachePruning(
        query.flag("all"),
        Math.max(
            bytes(query, "max-used-space"),
            Math.max(bytes(query, "reserved-space"), bytes(query, "keep-storage"))),
        filters,
        age.isEmpty() ? null : Moments.parse("until", age.iterator().next()));
  }

  private static long bytes(Parameters query, String name) {
    String text = query.string(name);
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest("the parameter " + name + "=" + text + " is not a number");
    }
  }

  JsonObject carryOut(BuildCache cache) throws IOException {
    BuildCache.Pruned pruned = cache.prune(all, this::fits, keep);
    return JsonObject.builder()
        .put("CachesDeleted", pruned.ids())
        .put("SpaceReclaimed", pruned.freed())
        .build();
  }

  private boolean fits(CacheEntry entry) {
    Instant before = unusedSince;
    Boolean shared = filters.flag("shared");
    Boolean unshared = filters.flag("private");
    return (before == null || entry.lastUsed().isBefore(before))
        && (shared == null || shared == entry.shared())
        && (unshared == null || unshared != entry.shared())
        && filters.any("id", entry.id()::startsWith)
        && filters.any("type", entry.kind().wireName()::equals)
        && filters.any("description", entry.description()::contains);
  }
}
