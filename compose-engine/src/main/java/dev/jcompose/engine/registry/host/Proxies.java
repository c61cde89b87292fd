package dev.jcompose.engine.registry.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxies lead out, in the form of {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code
 * NO_PROXY}.
 *
 * @param http {@code [http://][user:password@]host[:port]} for plain HTTP; empty for none
 * @param https the same for TLS; empty for none
 * @param except hosts that are reached directly: names with their subdomains, {@code *.domain},
 *     addresses, networks in CIDR form, {@code *} for all; separated by commas
 */
public record Proxies(String http, String https, String except) {
  /** Everything is reached directly. */
  public static final Proxies NONE = new Proxies("", "", "");

  private static final int USUAL_PORT = 80;

  static Proxies of(Map<String, String> environment) {
    return new Proxies(
        either(environment, "HTTP_PROXY"),
        either(environment, "HTTPS_PROXY"),
        either(environment, "NO_PROXY"));
  }

  /** Both cases are in use, the lower one for longer. */
  private static String either(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }

  /** The proxy for a URL. */
  Optional<URI> proxy(URI target) {
    String text = target.getScheme().equalsIgnoreCase("https") ? https : http;
    if (text.isBlank() || isDirect(target.getHost())) {
      return Optional.empty();
    }
    try {
      URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
      return proxy.getHost() == null ? Optional.empty() : Optional.of(proxy);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isDirect(String host) {
    if (HostRange.isLoopback(host)) {
      return true;
    }
    for (String entry : except.split(",", -1)) {
      String name = entry.strip();
      if (!name.isEmpty() && (name.equals("*") || HostRange.of(name).hasOrAbove(host))) {
        return true;
      }
    }
    return false;
  }

  /** The name and password that a proxy for a URL wants, as a header; empty for none. */
  public String authorization(URI target) {
    return proxy(target)
        .map(URI::getRawUserInfo)
        .map(
            user ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            java.net.URLDecoder.decode(
                                    user.replace("+", "%2B"), StandardCharsets.UTF_8)
                                .getBytes(StandardCharsets.UTF_8)))
        .orElse("");
  }

  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return proxy(uri)
            .map(
                proxy ->
                    List.of(
                        new Proxy(
                            Proxy.Type.HTTP,
                            InetSocketAddress.createUnresolved(
                                proxy.getHost(),
                                proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort()))))
            .orElse(List.of(Proxy.NO_PROXY));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException problem) {
        // The request itself fails and tells.
      }
    };
  }

  /** Proxies may hold a password. */
  @Override
  public String toString() {
    return "proxies[http=%s, https=%s, except=%s]"
        .formatted(withoutUser(http), withoutUser(https), except);
  }

  private static String withoutUser(String proxy) {
    return proxy.replaceFirst("[^/@]*@", "");
  }
}
