package dev.jcompose.cli.session;

import java.util.Locale;
import java.util.Map;

/** Variables of docker compose that have nothing to act on here, and why (compose facts 1.2). */
public enum ForeignSetting {
  BAKE("COMPOSE_BAKE", Asking.NO, "the engine has one builder"),
  EXPERIMENTAL("COMPOSE_EXPERIMENTAL", Asking.YES, "there are no experiments"),
  GIT_REMOTE(
      "COMPOSE_EXPERIMENTAL_GIT_REMOTE",
      Asking.YES,
      "Compose files in Git repositories are not read"),
  OCI_REMOTE(
      "COMPOSE_EXPERIMENTAL_OCI_REMOTE", Asking.YES, "Compose files in registries are not read"),
  WATCH_TAR("COMPOSE_EXPERIMENTAL_WATCH_TAR", Asking.ANYTHING, "there is one way to copy files"),
  WATCH_BUFFER(
      "COMPOSE_WATCH_WINDOWS_BUFFER_SIZE", Asking.ANYTHING, "only Windows watches files that way"),
  BUILDKIT("DOCKER_BUILDKIT", Asking.NO, "the engine has one builder"),
  BUILDER("BUILDX_BUILDER", Asking.ANYTHING, "the engine has one builder"),
  HOST("DOCKER_HOST", Asking.ANYTHING, "JCOMPOSE_HOST or --host name another engine"),
  CONTEXT("DOCKER_CONTEXT", Asking.ANYTHING, "JCOMPOSE_HOST or --host name another engine");

  /** Which values ask for something that is not there. */
  private enum Asking {
    YES,
    NO,
    ANYTHING
  }

  private final String variable;
  private final Asking asking;
  private final String reason;

  ForeignSetting(String variable, Asking asking, String reason) {
    this.variable = variable;
    this.asking = asking;
    this.reason = reason;
  }

  /** Name of the environment variable. */
  public String variable() {
    return variable;
  }

  /** Why it does nothing, a clause. */
  public String reason() {
    return reason;
  }

  /** Whether it is docker compose's own and not one that all of Docker's tools share. */
  public boolean isOfCompose() {
    return variable.startsWith("COMPOSE_");
  }

  /** Whether this environment asks for what is not there. */
  public boolean isMissed(Map<String, String> environment) {
    String value = environment.getOrDefault(variable, "");
    boolean refuses =
        switch (value.toLowerCase(Locale.ROOT)) {
          case "0", "f", "false", "n", "no", "off" -> true;
          default -> false;
        };
    return !value.isEmpty()
        && switch (asking) {
          case YES -> !refuses;
          case NO -> refuses;
          case ANYTHING -> true;
        };
  }
}
