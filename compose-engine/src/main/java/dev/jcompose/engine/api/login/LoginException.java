package dev.jcompose.engine.api.login;

/** Credentials cannot be had; the message is one sentence for the user. */
public final class LoginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LoginException(String message) {
    super(message);
  }

  LoginException(String message, Throwable cause) {
    super(message, cause);
  }
}
