package dev.jcompose.engine.seccomp;

/** Which system calls a container may make. */
public sealed interface SeccompProfile {
  /** Docker's default profile. */
  record Standard() implements SeccompProfile {}

  /** Everything is allowed. */
  record Unconfined() implements SeccompProfile {}

  /**
   * A profile in Docker's JSON form.
   *
   * @param json the text of the profile
   */
  record Custom(String json) implements SeccompProfile {}
}
