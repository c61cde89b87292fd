package dev.jcompose.cli.command;

import dev.jcompose.cli.command.build.BuildCommand;
import dev.jcompose.cli.command.engine.DoctorCommand;
import dev.jcompose.cli.command.engine.EngineCommands;
import dev.jcompose.cli.command.engine.VersionCommand;
import dev.jcompose.cli.command.image.CommitCommand;
import dev.jcompose.cli.command.image.ExportCommand;
import dev.jcompose.cli.command.image.ImageCommands;
import dev.jcompose.cli.command.image.ProjectImagesCommand;
import dev.jcompose.cli.command.inside.AttachCommand;
import dev.jcompose.cli.command.inside.CopyCommand;
import dev.jcompose.cli.command.inside.DiffCommand;
import dev.jcompose.cli.command.inside.ExecCommand;
import dev.jcompose.cli.command.look.ConfigCommand;
import dev.jcompose.cli.command.look.EventsCommand;
import dev.jcompose.cli.command.look.GraphCommand;
import dev.jcompose.cli.command.look.LogsCommand;
import dev.jcompose.cli.command.look.LsCommand;
import dev.jcompose.cli.command.look.PortCommand;
import dev.jcompose.cli.command.look.PsCommand;
import dev.jcompose.cli.command.look.StatsCommand;
import dev.jcompose.cli.command.look.TopCommand;
import dev.jcompose.cli.command.look.VolumesCommand;
import dev.jcompose.cli.command.look.WaitCommand;
import dev.jcompose.cli.command.oci.OciCommand;
import dev.jcompose.cli.command.project.ApplyCommand;
import dev.jcompose.cli.command.project.CreateCommand;
import dev.jcompose.cli.command.project.DownCommand;
import dev.jcompose.cli.command.project.LifecycleCommand;
import dev.jcompose.cli.command.project.LifecycleCommand.Change;
import dev.jcompose.cli.command.project.PlanCommand;
import dev.jcompose.cli.command.project.PublishCommand;
import dev.jcompose.cli.command.project.PullCommand;
import dev.jcompose.cli.command.project.PushCommand;
import dev.jcompose.cli.command.project.RunCommand;
import dev.jcompose.cli.command.project.ScaleCommand;
import dev.jcompose.cli.command.project.UpCommand;
import dev.jcompose.cli.command.project.WatchCommand;
import dev.jcompose.cli.command.shell.CompletionCommand;
import dev.jcompose.cli.command.shell.ManualCommand;
import java.util.Locale;
import java.util.Optional;

/** The table of verbs: root help lists it, and only the one that was named is built. */
public enum Verb {
  UP(Group.PROJECT, "Create what the Compose file asks for and start it"),
  PLAN(Group.PROJECT, "Say what up would change, and why"),
  APPLY(Group.PROJECT, "Do what a saved plan says"),
  DOWN(Group.PROJECT, "Stop and remove the project's containers and networks"),
  CREATE(Group.PROJECT, "Create the containers without starting them"),
  START(Group.PROJECT, "Start containers that exist"),
  STOP(Group.PROJECT, "Stop containers and keep them"),
  RESTART(Group.PROJECT, "Stop containers and start them again"),
  KILL(Group.PROJECT, "Send containers a signal"),
  PAUSE(Group.PROJECT, "Freeze every process of a service"),
  UNPAUSE(Group.PROJECT, "Let frozen services go on"),
  RM(Group.PROJECT, "Remove stopped containers"),
  SCALE(Group.PROJECT, "Change how many containers a service has"),
  RUN(Group.PROJECT, "Run a one-off command in a new container of a service"),
  WATCH(Group.PROJECT, "Update containers while source files change"),
  PS(Group.LOOK, "List containers"),
  LOGS(Group.LOOK, "Show what containers have written"),
  TOP(Group.LOOK, "List the processes in containers"),
  STATS(Group.LOOK, "Show what containers use, live"),
  EVENTS(Group.LOOK, "Show what happens to containers, as it happens"),
  IMAGES(Group.LOOK, "List the images of the containers"),
  VOLUMES(Group.LOOK, "List the project's volumes"),
  PORT(Group.LOOK, "Print where a port of a container is published"),
  LS(Group.LOOK, "List projects"),
  WAIT(Group.LOOK, "Wait until containers end and print how"),
  CONFIG(Group.LOOK, "Print the Compose file as it is understood"),
  GRAPH(Group.LOOK, "Draw the services and what they need"),
  ALPHA(Group.LOOK, "What docker compose calls so: viz, the same as graph"),
  EXEC(Group.INSIDE, "Run a command in a running container"),
  ATTACH(Group.INSIDE, "Connect this terminal to a container"),
  CP(Group.INSIDE, "Copy files into or out of a container"),
  DIFF(Group.INSIDE, "List the files a container has otherwise than its image"),
  BUILD(Group.IMAGES, "Build the images of services"),
  PULL(Group.IMAGES, "Fetch the images of services"),
  PUSH(Group.IMAGES, "Send the images of services to their registry"),
  COMMIT(Group.IMAGES, "Make an image of a container"),
  EXPORT(Group.IMAGES, "Write a container's files as a tar archive"),
  PUBLISH(Group.IMAGES, "Send the project itself to a registry"),
  BRIDGE(Group.IMAGES, "Turn the project into another model"),
  IMAGE(Group.IMAGES, "Make, list, show and remove images on this machine"),
  DOCTOR(Group.TOOL, "Say whether this machine can run containers, and what to mend"),
  ENGINE(Group.TOOL, "Start, stop and look at the engine"),
  OCI(Group.TOOL, "Run containers from OCI bundles, as runc does"),
  COMPLETION(Group.TOOL, "Let bash, zsh or fish complete what is typed"),
  MANUAL(Group.TOOL, "Print a page of the manual, for man"),
  VERSION(Group.TOOL, "Print the version");

  /** A heading of the root help. */
  public enum Group {
    PROJECT("Run a project"),
    LOOK("Look at a project"),
    INSIDE("Work inside a container"),
    IMAGES("Images"),
    TOOL("jcompose itself");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    /** The heading. */
    public String heading() {
      return heading;
    }
  }

  private final Group group;
  private final String sentence;

  Verb(Group group, String sentence) {
    this.group = group;
    this.sentence = sentence;
  }

  /** The verb as typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its heading in the root help. */
  public Group group() {
    return group;
  }

  /** What it does, without a full stop. */
  public String sentence() {
    return sentence;
  }

  /** Whether jcompose has it; the others are known only so that they can be named in a refusal. */
  public boolean isThere() {
    return command().isPresent();
  }

  /** Finds a verb by what was typed. */
  public static Optional<Verb> find(String word) {
    for (Verb verb : values()) {
      if (verb.word().equals(word)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  /** Builds the verb; empty for those of docker compose that jcompose does not have yet. */
  public Optional<Command> command() {
    return Optional.ofNullable(
        switch (this) {
          case UP -> new UpCommand();
          case PLAN -> new PlanCommand();
          case APPLY -> new ApplyCommand();
          case DOWN -> new DownCommand();
          case CREATE -> new CreateCommand();
          case START -> new LifecycleCommand(Change.START);
          case STOP -> new LifecycleCommand(Change.STOP);
          case RESTART -> new LifecycleCommand(Change.RESTART);
          case KILL -> new LifecycleCommand(Change.KILL);
          case PAUSE -> new LifecycleCommand(Change.PAUSE);
          case UNPAUSE -> new LifecycleCommand(Change.UNPAUSE);
          case RM -> new LifecycleCommand(Change.RM);
          case PS -> new PsCommand();
          case LOGS -> new LogsCommand();
          case SCALE -> new ScaleCommand();
          case RUN -> new RunCommand();
          case TOP -> new TopCommand();
          case STATS -> new StatsCommand();
          case ATTACH -> new AttachCommand();
          case CP -> new CopyCommand();
          case DIFF -> new DiffCommand();
          case EVENTS -> new EventsCommand();
          case VOLUMES -> new VolumesCommand();
          case PORT -> new PortCommand();
          case LS -> new LsCommand();
          case WAIT -> new WaitCommand();
          case GRAPH -> GraphCommand.graph();
          case ALPHA -> GraphCommand.alpha();
          case EXEC -> new ExecCommand();
          case IMAGES -> new ProjectImagesCommand();
          case COMMIT -> new CommitCommand();
          case EXPORT -> new ExportCommand();
          case IMAGE -> ImageCommands.group();
          case DOCTOR -> new DoctorCommand();
          case ENGINE -> EngineCommands.group();
          case OCI -> new OciCommand();
          case BUILD -> new BuildCommand();
          case PULL -> new PullCommand();
          case PUSH -> new PushCommand();
          case PUBLISH -> new PublishCommand();
          case CONFIG -> new ConfigCommand();
          case COMPLETION -> CompletionCommand.group();
          case MANUAL -> new ManualCommand();
          case VERSION -> new VersionCommand();
          case WATCH -> new WatchCommand();
          case BRIDGE -> null;
        });
  }
}
