package dev.jcompose.engine.registry.host;

import java.net.URI;

/**
 * One place that serves repositories.
 *
 * @param base scheme, host, port and what comes before {@code /v2/}; no slash at its end
 * @param domain by which references, credentials and certificates know it
 * @param mirror whether it only repeats what another has: it is shown no credential
 * @param verified whether its certificate is checked
 */
public record Endpoint(URI base, String domain, boolean mirror, boolean verified) {
  /** A place a registry sends us to: it is nobody's mirror and has to prove who it is. */
  public static Endpoint elsewhere(URI target) {
    String authority = target.getRawAuthority();
    return new Endpoint(URI.create(target.getScheme() + "://" + authority), authority, true, true);
  }

  /** The URL of a path that begins with {@code /v2/}. */
  public URI resolve(String path) {
    return URI.create(base + path);
  }

  /** Whether it is asked over TLS. */
  public boolean secure() {
    return "https".equals(base.getScheme());
  }

  /** The host and port, as people know it. */
  public String authority() {
    return base.getRawAuthority();
  }
}
