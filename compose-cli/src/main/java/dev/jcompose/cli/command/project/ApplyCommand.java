package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Invocation;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.plan.SavedPlan;
import dev.jcompose.cli.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code apply FILE}: {@code up} in the background as a saved plan says. */
public final class ApplyCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .operands("FILE", "1", "What jcompose plan --output has written.")
        .flag("End only once everything is up and healthy.", "--wait")
        .flag("Say at the end what took how long.", "--timings");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String file = arguments.operands().getFirst();
    Path path = session.directory().resolve(file);
    List<String> words = new ArrayList<>(List.of("--plan", path.toString(), "--detach"));
    for (String option : List.of("--wait", "--timings")) {
      if (arguments.flag(option)) {
        words.add(option);
      }
    }
    words.addAll(SavedPlan.read(path).words());
    return Invocation.run("jcompose up", "", new UpCommand(), words, session);
  }
}
