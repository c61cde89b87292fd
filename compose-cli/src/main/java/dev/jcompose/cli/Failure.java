package dev.jcompose.cli;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import java.io.PrintStream;

/** Turns whatever went wrong into one sentence on standard error. */
final class Failure {
  private Failure() {}

  /**
   * Writes the sentence, and with {@code verbose} everything known about it.
   *
   * @return the status to end the process with
   */
  static int report(Exception problem, boolean verbose, PrintStream err) {
    int status =
        switch (problem) {
          case UserError error -> {
            err.println("jcompose: " + error.sentence());
            yield error.exitCode().code();
          }
          case InterruptedException interrupted -> ExitCode.INTERRUPTED.code();
          default -> {
            String message = problem.getMessage();
            err.println(
                "jcompose: "
                    + (message == null ? problem.getClass().getSimpleName() : message)
                    + (verbose ? "" : "; --verbose shows where"));
            yield ExitCode.FAILURE.code();
          }
        };
    if (verbose) {
      problem.printStackTrace(err);
    }
    return status;
  }
}
