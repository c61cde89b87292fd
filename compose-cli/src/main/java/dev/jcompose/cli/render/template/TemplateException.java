package dev.jcompose.cli.render.template;

/** A template that cannot be understood, or that asks for something the data does not have. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }

  /** What is wrong, in the middle of a sentence. */
  public String text() {
    String message = getMessage();
    return message == null ? "it cannot be read" : message;
  }
}
