package dev.jcompose.cli;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.transport.ConnectionLostException;
import dev.jcompose.engine.api.transport.EngineUnreachableException;
import dev.jcompose.engine.api.transport.UnreadableBodyException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns whatever went wrong into sentences on standard error.
 *
 * @param verbose whether everything known follows the sentences
 * @param json whether sentences are JSON objects, as the progress before them
 */
record Failure(PrintStream err, boolean verbose, boolean json) {
  /**
   * Tells what went wrong.
   *
   * @return the status to end the process with
   */
  int report(Exception problem) {
    int status =
        switch (problem) {
          case UserError error -> tell(error.exitCode(), error.sentence());
          case ComposeException invalid -> {
            tell(invalid.problems());
            yield (invalid.isOfRequest() ? ExitCode.FAILURE : ExitCode.FILE).code();
          }
          case EngineException refused ->
              tell(
                  refused.reason() == EngineException.Reason.UNREACHABLE
                      ? ExitCode.ENGINE
                      : ExitCode.FAILURE,
                  refused.text());
          case ApiException refused -> tell(ExitCode.FAILURE, message(refused));
          case EngineUnreachableException unreachable ->
              tell(ExitCode.ENGINE, message(unreachable));
          case ConnectionLostException lost -> tell(ExitCode.ENGINE, message(lost));
          case UnreadableBodyException unread -> tell(ExitCode.FAILURE, message(unread));
          case FileSystemException file -> tell(ExitCode.FAILURE, sentence(file));
          case InterruptedException interrupted -> ExitCode.INTERRUPTED.code();
          default ->
              tell(ExitCode.FAILURE, message(problem) + (verbose ? "" : "; --verbose shows where"));
        };
    if (verbose) {
      problem.printStackTrace(err);
    }
    return status;
  }

  private void tell(List<Problem> problems) {
    for (Problem problem : problems) {
      // A line that begins with the place is one that editors can jump to.
      print(problem.location().equals(Location.NONE) ? "jcompose: " : "", problem.toString());
    }
  }

  private int tell(ExitCode exitCode, String sentence) {
    print(sentence.startsWith("jcompose ") ? "" : "jcompose: ", sentence);
    return exitCode.code();
  }

  private void print(String prefix, String sentence) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("error", true);
      fields.put("message", sentence);
      err.println(Json.print(fields));
    } else {
      err.println(prefix + sentence);
    }
  }

  private static String sentence(FileSystemException problem) {
    String reason = problem.getReason();
    return "the file "
        + problem.getFile()
        + " cannot be used: "
        + switch (problem) {
          case NoSuchFileException missing -> "it is not there";
          case AccessDeniedException denied -> "access is denied";
          default -> reason == null ? problem.getClass().getSimpleName() : reason;
        };
  }

  private static String message(Exception problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}
