package dev.jcompose.engine.api.login;

import java.util.Set;

/** Knows what registries are to be shown. */
@FunctionalInterface
public interface Credentials {
  /** Nothing. */
  Credentials NONE = domain -> Credential.NONE;

  /**
   * What to show a registry.
   *
   * @param domain host and port as references have them; {@code docker.io} for Docker Hub
   * @throws LoginException when that cannot be found out
   */
  Credential credential(String domain);

  /**
   * Registries there may be something for; a store of passwords may know more.
   *
   * @throws LoginException when that cannot be found out
   */
  default Set<String> domains() {
    return Set.of("docker.io");
  }

  /** What to show the registry an image's name leads to. */
  default Credential forImage(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean isDomain =
        first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    return credential(isDomain && !first.equals("index.docker.io") ? first : "docker.io");
  }
}
