package dev.jcompose.engine.registry.host;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One HTTP client per way to reach a host. HTTP/1.1 on purpose: each layer has a connection of its
 * own then, and no window of megabytes waits in memory. Redirects are not followed here, because a
 * credential must not go along.
 */
public final class HttpClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  static {
    // Otherwise Java takes the login for a proxy away when it asks that for a tunnel.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    // Each buffer of a body goes through three threads; with 16 KiB, the default, that is a tenth
    // of a pull's time.
    System.setProperty("jdk.httpclient.bufsize", String.valueOf(1 << 17));
  }

  private record Key(
      String authority,
      boolean secure,
      boolean verified,
      RegistrySettings how,
      FileTime certificatesChanged) {}

  private final Map<Key, HttpClient> clients = new ConcurrentHashMap<>();

  /**
   * The client for an endpoint.
   *
   * @throws IOException when certificates for it are there but cannot be used
   */
  public HttpClient client(Endpoint endpoint, RegistrySettings settings) throws IOException {
    Key key =
        new Key(
            endpoint.authority(),
            endpoint.secure(),
            endpoint.verified(),
            settings,
            Trust.changed(endpoint.authority(), settings.certificates()));
    HttpClient known = clients.get(key);
    if (known != null) {
      return known;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(settings.proxies().selector());
    builder.sslContext(
        endpoint.secure()
            ? Trust.context(endpoint.authority(), settings.certificates(), endpoint.verified())
            : Trust.nobody());
    HttpClient made = builder.build();
    HttpClient other = clients.putIfAbsent(key, made);
    return other == null ? made : other;
  }
}
