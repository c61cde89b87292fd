package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;

/** One verb. It is built only when it was named. */
public interface Command {
  /** Declares options and operands. */
  void describe(Syntax syntax);

  /**
   * Does the work.
   *
   * @return the exit status, 0 to 255
   * @throws Exception what the entry point turns into a sentence; {@link
   *     dev.jcompose.cli.session.UserError} is shown as it is
   */
  int run(Arguments arguments, Session session) throws Exception;
}
