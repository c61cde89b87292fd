package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import java.util.List;

/** One verb. It is built only when it was named. */
public interface Command {
  /** Declares options and operands. */
  void describe(Syntax syntax);

  /** The verbs of its own that may follow this one, such as {@code ls} after {@code image}. */
  default List<CommandGroup.Member> members() {
    return List.of();
  }

  /**
   * Whether it changes something and cannot say beforehand what: then {@code --dry-run} is refused.
   * The other verbs look only, or print the plan of what they would do.
   */
  default boolean refusesDryRun() {
    return false;
  }

  /**
   * Does the work.
   *
   * @return the exit status, 0 to 255
   * @throws Exception what the entry point turns into a sentence; {@link
   *     dev.jcompose.cli.session.UserError} is shown as it is
   */
  int run(Arguments arguments, Session session) throws Exception;
}
