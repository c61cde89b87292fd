package dev.jcompose.engine.http;

/** A request that is answered with an error status and one sentence. */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /** An answer with this status and message. */
  public HttpProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The request is wrong. */
  public static HttpProblem badRequest(String message) {
    return new HttpProblem(400, message);
  }

  /** What Docker answers to unknown paths and to wrong methods alike. */
  static HttpProblem pageNotFound() {
    return new HttpProblem(404, "page not found");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
