package dev.jcompose.engine.build.fetch;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Files from HTTP servers. */
public final class Downloads {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private Downloads() {}

  /** Whether a source of ADD is such a file. */
  public static boolean isUrl(String source) {
    return source.startsWith("http://") || source.startsWith("https://");
  }

  /** What a file is called when its name does not matter: the last part of the URL's path. */
  public static String name(String url) {
    String path = String.valueOf(URI.create(url).getPath());
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? "__unnamed__" : last;
  }

  /**
   * Gets a file into a directory.
   *
   * @param checksum {@code sha256:…} it must have; empty for any
   * @param secrets {@code HTTP_AUTH_TOKEN_<host>} and {@code HTTP_AUTH_HEADER_<host>} are sent
   * @return the file; mode 0600, with the time the server says it is of
   */
  public static Path get(String url, Path directory, String checksum, Map<String, byte[]> secrets)
      throws FetchException, IOException, InterruptedException {
    URI address;
    try {
      address = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new FetchException("\"" + url + "\" is not a URL", e);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
    authorize(request, address.getHost(), secrets);
    Path file = directory.resolve(name(url));
    HttpResponse<Path> response;
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofFile(file));
    } catch (IOException e) {
      throw new FetchException("could not get " + url + ": " + reason(e), e);
    }
    if (response.statusCode() != 200) {
      throw new FetchException(
          "could not get " + url + ": the server answered " + response.statusCode());
    }
    if (!checksum.isEmpty()) {
      check(url, file, checksum);
    }
    Files.setAttribute(file, "unix:mode", 0600);
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.fromMillis(modified(response) * 1000));
    return file;
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case HttpConnectTimeoutException _ -> "no answer for " + CONNECT.toSeconds() + " s";
      case ConnectException _ -> "there is no such host, or nothing answers at its port";
      case IOException _ -> message == null ? "the connection broke" : message;
    };
  }

  private static void authorize(
      HttpRequest.Builder request, String host, Map<String, byte[]> secrets) {
    byte[] header = secrets.get("HTTP_AUTH_HEADER_" + host);
    byte[] token = secrets.get("HTTP_AUTH_TOKEN_" + host);
    if (header != null) {
      request.header("Authorization", text(header));
    } else if (token != null) {
      request.header("Authorization", "Bearer " + text(token));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8).strip();
  }

  private static long modified(HttpResponse<?> response) {
    String text = response.headers().firstValue("Last-Modified").orElse("");
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static void check(String url, Path file, String checksum)
      throws IOException, FetchException {
    java.security.MessageDigest sum = Digest.sha256();
    try (var in = new java.security.DigestInputStream(Files.newInputStream(file), sum)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    String found = Digest.of(sum).toString();
    if (!found.equals(checksum)) {
      throw new FetchException(
          url + " has the checksum " + found + " and not " + checksum + "; check both");
    }
  }
}
