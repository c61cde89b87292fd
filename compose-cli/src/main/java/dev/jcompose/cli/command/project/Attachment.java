package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an attached {@code up} shows what containers write, and when it stops them.
 *
 * @param shown services whose output is shown
 * @param stopped services that Ctrl-C stops; empty for all
 * @param exitCodeFrom whose exit code is ours; null for nobody's
 * @param watches whether changes of files are followed from the start
 * @param menu whether keys do something, and a line says what
 * @param builds how builds in between are shown
 * @param timeout for stopping, null for each container's own
 */
record Attachment(
    Set<String> shown,
    Set<String> stopped,
    Abort abort,
    @Nullable String exitCodeFrom,
    boolean colours,
    boolean prefixes,
    boolean timestamps,
    boolean watches,
    boolean menu,
    ProgressStyle builds,
    @Nullable Duration timeout) {

  /** When everything is stopped because one container ended. */
  enum Abort {
    NEVER,
    ON_EXIT,
    ON_FAILURE
  }

  Attachment {
    shown = Set.copyOf(shown);
    stopped = Set.copyOf(stopped);
  }

  static Attachment of(Arguments arguments, Session session, Project project)
      throws ComposeException {
    List<String> only = arguments.list("--attach");
    List<String> not = arguments.list("--no-attach");
    String exitCodeFrom = arguments.text("--exit-code-from");
    if (!only.isEmpty() && arguments.flag("--attach-dependencies")) {
      throw UserError.usage("--attach and --attach-dependencies contradict each other; drop one");
    }
    for (List<String> names : List.of(only, not)) {
      ComposeException.requireServices(names, project.services().keySet());
    }
    if (exitCodeFrom != null) {
      ComposeException.requireServices(List.of(exitCodeFrom), project.services().keySet());
    }
    Abort abort =
        arguments.flag("--abort-on-container-failure")
            ? Abort.ON_FAILURE
            : arguments.flag("--abort-on-container-exit") || exitCodeFrom != null
                ? Abort.ON_EXIT
                : Abort.NEVER;
    Set<String> shown = shown(arguments, project, only, not);
    if (exitCodeFrom != null && !shown.contains(exitCodeFrom)) {
      if (not.contains(exitCodeFrom)) {
        throw UserError.usage(
            "--exit-code-from needs the end of \""
                + exitCodeFrom
                + "\" and --no-attach leaves it alone; drop one");
      }
      shown.add(exitCodeFrom);
    }
    return new Attachment(
        shown,
        Set.copyOf(arguments.operands()),
        abort,
        exitCodeFrom,
        session.colours(false) && !arguments.flag("--no-color"),
        !arguments.flag("--no-log-prefix"),
        arguments.flag("--timestamps"),
        arguments.flag("--watch"),
        hasMenu(arguments, session),
        arguments.flag("--quiet-build") ? ProgressStyle.QUIET : ProgressStyle.PLAIN,
        UpCommand.timeout(arguments));
  }

  private static boolean hasMenu(Arguments arguments, Session session) {
    String variable = Setting.MENU.in(session.environment());
    boolean wanted =
        arguments.flag("--menu", variable == null || Setting.MENU.isOn(session.environment()));
    boolean possible =
        Terminal.isInput()
            && Terminal.isOutput()
            && ProgressStyle.of(session) == ProgressStyle.TTY
            && !session.ansi().equals("never")
            && !session.isDumbTerminal();
    if (arguments.flag("--menu") && !possible) {
      session.err().println("Warning: --menu has no effect without a terminal for it");
    }
    return wanted && possible;
  }

  private static Set<String> shown(
      Arguments arguments, Project project, List<String> only, List<String> not) {
    List<String> named = arguments.operands();
    Set<String> shown = new HashSet<>();
    for (Service service : project.services().values()) {
      String name = service.name();
      boolean isShown =
          only.isEmpty()
              ? service.attach()
                  && (named.isEmpty()
                      || named.contains(name)
                      || arguments.flag("--attach-dependencies"))
              : only.contains(name);
      if (isShown && !not.contains(name)) {
        shown.add(name);
      }
    }
    return shown;
  }
}
