package dev.jcompose.engine.http;

/** One row of the routing table. */
public final class Route {
  private final String method;
  private final PathTemplate template;
  private final boolean raw;
  private final Handler handler;

  private Route(String method, String template, boolean raw, Handler handler) {
    this.method = method;
    this.template = PathTemplate.parse(template);
    this.raw = raw;
    this.handler = handler;
  }

  /** Answers a request; runs on its own virtual thread and may block. */
  @FunctionalInterface
  public interface Handler {
    /** Answers; an exception becomes an error answer. */
    void handle(Exchange exchange) throws Exception;
  }

  /**
   * A route of the usual kind: request, answer.
   *
   * @param method in upper case
   * @param template a path with {@code {name}} for a variable segment and {@code {name...}} for one
   *     or more segments
   */
  public static Route of(String method, String template, Handler handler) {
    return new Route(method, template, false, handler);
  }

  /** A route whose handler may take the connection over: what follows its request is not HTTP. */
  public static Route raw(String method, String template, Handler handler) {
    return new Route(method, template, true, handler);
  }

  String method() {
    return method;
  }

  PathTemplate template() {
    return template;
  }

  boolean isRaw() {
    return raw;
  }

  Handler handler() {
    return handler;
  }

  /** The row as text: method and template. */
  @Override
  public String toString() {
    return method + " " + template;
  }
}
