package dev.jcompose.cli.engine;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.DockerConfig;
import java.util.Map;
import java.util.Set;

/** The user's logins; the file is read only for who asks, which is who pulls, pushes or builds. */
record UserLogins(Map<String, String> environment) implements Credentials {
  @Override
  public Credential credential(String domain) {
    return DockerConfig.load(environment).credential(domain);
  }

  @Override
  public Set<String> domains() {
    return DockerConfig.load(environment).domains();
  }
}
