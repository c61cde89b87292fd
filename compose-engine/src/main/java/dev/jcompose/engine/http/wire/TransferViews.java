package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.image.transfer.TransferEvent.Phase;

/** Pulls and pushes as the API tells about them. */
public final class TransferViews {
  private TransferViews() {}

  /** One line of the progress. */
  public static JsonObject view(TransferEvent event) {
    return switch (event) {
      case TransferEvent.Notice notice ->
          JsonObject.builder()
              .put("status", notice.text())
              .putUnlessEmpty("id", notice.id())
              .build();
      case TransferEvent.Layer layer ->
          JsonObject.builder()
              .put("status", status(layer))
              .put("progressDetail", detail(layer))
              .put("id", layer.id())
              .build();
      case TransferEvent.Pushed pushed ->
          JsonObject.builder()
              .put("progressDetail", JsonObject.EMPTY)
              .put(
                  "aux",
                  JsonObject.builder()
                      .put("Tag", pushed.tag())
                      .put("Digest", pushed.digest())
                      .put("Size", pushed.size())
                      .build())
              .build();
    };
  }

  private static String status(TransferEvent.Layer layer) {
    String words = layer.phase().words();
    return layer.detail().isEmpty() || layer.phase() == Phase.PULLED
        ? words
        : words + " " + layer.detail();
  }

  private static JsonObject detail(TransferEvent.Layer layer) {
    return layer.total() == 0
        ? JsonObject.EMPTY
        : JsonObject.builder().put("current", layer.current()).put("total", layer.total()).build();
  }
}
