package dev.jcompose.engine.registry;

import com.github.luben.zstd.Zstd;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.registry.call.Document;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * An image of a few bytes: every layer is one file.
 *
 * @param manifest with its bytes
 * @param blobs configuration and layers
 * @param layers digests of the compressed layers, lowest first
 * @param configuration digest, which is the image id
 */
public record TestImage(
    Document manifest, Map<Digest, byte[]> blobs, List<Digest> layers, Digest configuration) {

  /** A layer to be: name of its only file, one character per byte, and how it is compressed. */
  public record Layer(String file, String content, String compression) {
    public static Layer gzip(String file, String content) {
      return new Layer(file, content, "gzip");
    }

    public static Layer zstd(String file, String content) {
      return new Layer(file, content, "zstd");
    }
  }

  /** A blob of it. */
  public byte[] blob(Digest digest) {
    return Objects.requireNonNull(blobs.get(digest), "a blob of the image");
  }

  public static TestImage of(Layer... layers) {
    return of(Platform.host(), layers);
  }

  public static TestImage of(Platform platform, Layer... layers) {
    Map<Digest, byte[]> blobs = new LinkedHashMap<>();
    List<Digest> diffIds = new ArrayList<>();
    List<Descriptor> descriptors = new ArrayList<>();
    for (Layer layer : layers) {
      byte[] tar = tar(layer);
      diffIds.add(Digest.of(tar));
      byte[] blob = compress(tar, layer.compression());
      blobs.put(Digest.of(blob), blob);
      String type =
          layer.compression().equals("zstd") ? MediaTypes.LAYER_ZSTD : MediaTypes.LAYER_GZIP;
      descriptors.add(new Descriptor(type, Digest.of(blob), blob.length));
    }
    byte[] configuration =
        Json.bytes(
            new Configuration(
                Instant.EPOCH,
                "",
                platform.architecture(),
                platform.variant(),
                platform.os(),
                ImageConfig.EMPTY,
                diffIds,
                List.of()));
    blobs.put(Digest.of(configuration), configuration);
    Manifest manifest =
        new Manifest(
            MediaTypes.MANIFEST,
            new Descriptor(MediaTypes.CONFIG, Digest.of(configuration), configuration.length),
            descriptors);
    byte[] bytes = Json.bytes(manifest);
    return new TestImage(
        new Document(
            new Descriptor(
                MediaTypes.MANIFEST, Digest.of(bytes), bytes.length, platform, "", Map.of()),
            bytes),
        blobs,
        descriptors.stream().map(Descriptor::digest).toList(),
        Digest.of(configuration));
  }

  private static byte[] tar(Layer layer) {
    byte[] content = layer.content().getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.write(
          TarEntry.file(layer.file(), 0644, content.length, 1), new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] compress(byte[] tar, String compression) {
    if (compression.equals("zstd")) {
      return Zstd.compress(tar);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
