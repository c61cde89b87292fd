package dev.jcompose.engine.registry.host;

import dev.jcompose.engine.image.Reference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Finds the places to ask for a registry's repositories (compose facts: build.md 5.5). */
public final class Endpoints {
  private static final String DOCKER_HUB_HOST = "registry-1.docker.io";

  private Endpoints() {}

  /**
   * The places to read from, best first: mirrors of Docker Hub, then the registry itself, over TLS
   * and, where that is allowed, without.
   */
  public static List<Endpoint> toRead(String domain, RegistrySettings settings) {
    List<Endpoint> endpoints = new ArrayList<>();
    if (domain.equals(Reference.DOCKER_HUB)) {
      for (String mirror : settings.mirrors()) {
        String url = mirror.endsWith("/") ? mirror.substring(0, mirror.length() - 1) : mirror;
        URI base = URI.create(url.contains("://") ? url : "https://" + url);
        boolean trusted = isInsecure(base.getHost(), base.getRawAuthority(), settings);
        endpoints.add(new Endpoint(base, base.getRawAuthority(), true, !trusted));
      }
    }
    endpoints.addAll(toWrite(domain, settings));
    return endpoints;
  }

  /** The registry itself, over TLS and, where that is allowed, without. */
  public static List<Endpoint> toWrite(String domain, RegistrySettings settings) {
    String authority = domain.equals(Reference.DOCKER_HUB) ? DOCKER_HUB_HOST : domain;
    URI secure = URI.create("https://" + authority);
    boolean insecure = isInsecure(secure.getHost(), authority, settings);
    // Who has put an authority there for this machine wants it used.
    boolean verified = !insecure || Trust.hasAuthority(authority, settings.certificates());
    Endpoint overTls = new Endpoint(secure, domain, false, verified);
    if (!insecure || verified) {
      return List.of(overTls);
    }
    Endpoint plain = new Endpoint(URI.create("http://" + authority), domain, false, false);
    // On this machine nobody listens in, and a plain server may wait forever for the end of what
    // TLS begins with.
    boolean plainFirst = HostRange.isLoopback(secure.getHost()) && secure.getPort() > 0;
    return plainFirst ? List.of(plain, overTls) : List.of(overTls, plain);
  }

  /** Whether a registry may be asked without proper TLS: on this machine, or as the owner says. */
  private static boolean isInsecure(String host, String authority, RegistrySettings settings) {
    return HostRange.isLoopback(host)
        || settings.insecure().stream().anyMatch(entry -> HostRange.of(entry).has(host, authority));
  }
}
