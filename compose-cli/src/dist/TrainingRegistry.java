import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A registry on this machine with one made-up image, for the engine to learn pulling. It knows only
 * what a pull asks for.
 */
class TrainingRegistry implements AutoCloseable {
  static final String IMAGE = "training";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final int LAYERS = 3;
  private static final int FILES = 3000;
  private static final int RECORD = 512;

  private final Map<String, byte[]> blobs = new HashMap<>();
  private final byte[] manifest;
  private final HttpServer server;

  TrainingRegistry() throws IOException {
    List<String> diffIds = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      byte[] archive = archive(i);
      diffIds.add("\"" + digest(archive) + "\"");
      layers.add(keep("application/vnd.oci.image.layer.v1.tar+gzip", gzip(archive)));
    }
    String config =
        keep(
            "application/vnd.oci.image.config.v1+json",
            """
            {"architecture":"%s","os":"linux","config":{},
             "rootfs":{"type":"layers","diff_ids":[%s]}}\
            """
                .formatted(architecture(), String.join(",", diffIds))
                .getBytes(StandardCharsets.UTF_8));
    manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
        """
            .formatted(MANIFEST_TYPE, config, String.join(",", layers))
            .getBytes(StandardCharsets.UTF_8);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::answer);
    server.start();
  }

  /** Host and port. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  /** Keeps a blob and returns its descriptor. */
  private String keep(String type, byte[] content) {
    String digest = digest(content);
    blobs.put(digest, content);
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest, content.length);
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** An archive in the ustar format: directories with many small files of words and noise. */
  private static byte[] archive(int number) {
    Random random = new Random(number);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < FILES; i++) {
      String directory = "layer" + number + "/d" + i / 100 + "/";
      if (i % 100 == 0) {
        member(out, directory, '5', new byte[0]);
      }
      byte[] content = new byte[4096];
      random.nextBytes(content);
      Arrays.fill(content, 1000, 4000, (byte) 'a');
      member(out, directory + "file" + i, '0', content);
    }
    out.writeBytes(new byte[2 * RECORD]);
    return out.toByteArray();
  }

  private static void member(ByteArrayOutputStream out, String name, char type, byte[] content) {
    byte[] header = new byte[RECORD];
    put(header, 0, name);
    put(header, 100, type == '5' ? "0000755" : "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(content.length));
    put(header, 136, "%011o".formatted(1));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[-content.length & (RECORD - 1)]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String last = path.substring(path.lastIndexOf('/') + 1);
      boolean isManifest = path.contains("/manifests/");
      byte[] content = isManifest ? manifest : blobs.getOrDefault(last, new byte[0]);
      exchange
          .getResponseHeaders()
          .set("Content-Type", isManifest ? MANIFEST_TYPE : "application/octet-stream");
      exchange.getResponseHeaders().set("Docker-Content-Digest", digest(content));
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
