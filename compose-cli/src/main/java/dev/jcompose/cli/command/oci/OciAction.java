package dev.jcompose.cli.command.oci;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.oci.CreateOptions;
import dev.jcompose.engine.oci.OciException;
import dev.jcompose.engine.oci.OciRuntime;
import dev.jcompose.engine.oci.SpecDocuments;
import dev.jcompose.engine.oci.bundle.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The actions of an OCI runtime, with the arguments of runc. */
enum OciAction {
  CREATE("Make a container from a bundle, up to the point where its program would run") {
    @Override
    void describe(Syntax syntax) {
      process(syntax)
          .text("DIR", "The bundle; by default where you stand.", "-b", "--bundle")
          .refuse("is not done, the root is always entered by pivot_root", false, "--no-pivot")
          .refuse("is not done, keyrings are never shared", false, "--no-new-keyring")
          .operands("ID", "1", "How the container is called.");
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      runtime.create(
          arguments.operands().getFirst(),
          session.directory().resolve(arguments.text("--bundle", ".")),
          options(arguments, session));
      return 0;
    }
  },
  START("Run the program of a created container") {
    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      runtime.start(arguments.operands().getFirst());
      return 0;
    }
  },
  STATE("Print the state of a container as JSON") {
    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session) throws OciException {
      session.out().println(Json.print(runtime.state(arguments.operands().getFirst())));
      return 0;
    }
  },
  KILL("Send a container a signal, SIGTERM unless another is named") {
    @Override
    void describe(Syntax syntax) {
      syntax
          .flag("Signal all processes, not only the first.", "-a", "--all")
          .operands("ID [SIGNAL]", "1..2", "The container and the signal.");
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      List<String> operands = arguments.operands();
      runtime.kill(
          operands.getFirst(),
          OciRuntime.signal(operands.size() > 1 ? operands.get(1) : "SIGTERM"),
          arguments.flag("--all"));
      return 0;
    }
  },
  DELETE("Remove what is left of a stopped container") {
    @Override
    void describe(Syntax syntax) {
      syntax
          .flag("Kill it first when it runs; do nothing when there is none.", "-f", "--force")
          .operands("ID", "1", "The container.");
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      runtime.delete(arguments.operands().getFirst(), arguments.flag("--force"));
      return 0;
    }
  },
  EXEC("Run another process in a running container") {
    @Override
    void describe(Syntax syntax) {
      process(syntax)
          .text("FILE", "The process as JSON, like process of a config.json.", "-p", "--process")
          .text("DIR", "Working directory in the container.", "--cwd")
          .list("NAME=VALUE", "Set an environment variable.", "-e", "--env")
          .text("UID[:GID]", "As whom it runs.", "-u", "--user")
          .list("GID", "Further groups.", "-g", "--additional-gids")
          .list("CAP", "Add a capability.", "-c", "--cap")
          .flag("Setuid programs lose their power.", "--no-new-privs")
          .flag("Give it a terminal.", "-t", "--tty")
          .flag("Return when it runs.", "-d", "--detach")
          .operands("ID [COMMAND...]", "1..*", "The container and what to run.")
          .stopAtOperand();
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException, IOException {
      List<String> operands = arguments.operands();
      String file = arguments.text("--process");
      JsonObject process =
          file == null
              ? ExecProcess.of(runtime.process(operands.getFirst()), arguments)
              : Json.object(Files.readAllBytes(session.directory().resolve(file)));
      return runtime.exec(
          operands.getFirst(), process, options(arguments, session), arguments.flag("--detach"));
    }
  },
  LIST("List the containers") {
    @Override
    void describe(Syntax syntax) {
      syntax
          .text("FORMAT", "table or json.", "-f", "--format")
          .flag("Print only their ids.", "-q", "--quiet");
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session) throws OciException {
      List<JsonObject> all = runtime.list();
      if (arguments.flag("--quiet")) {
        all.forEach(state -> session.out().println(state.string("id")));
      } else if (isJson(arguments)) {
        session.out().println(Json.print(all));
      } else {
        Table table = new Table("ID", "PID", "STATUS", "BUNDLE", "CREATED");
        for (JsonObject state : all) {
          table.row(
              state.string("id"),
              Long.toString(state.number("pid")),
              state.string("status"),
              state.string("bundle"),
              state.string("created"));
        }
        session.out().print(table);
      }
      return 0;
    }
  },
  PS("List the processes in a container") {
    @Override
    void describe(Syntax syntax) {
      syntax
          .text("FORMAT", "table or json.", "-f", "--format")
          .operands("ID", "1", "The container.");
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      List<Integer> pids = runtime.processes(arguments.operands().getFirst());
      if (isJson(arguments)) {
        session.out().println(Json.print(pids.stream().map(Integer::longValue).toList()));
      } else {
        session.out().println("PID");
        pids.forEach(session.out()::println);
      }
      return 0;
    }
  },
  PAUSE("Freeze every process of a container") {
    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      runtime.pause(arguments.operands().getFirst(), true);
      return 0;
    }
  },
  RESUME("Let a frozen container go on") {
    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session)
        throws OciException, BundleException {
      runtime.pause(arguments.operands().getFirst(), false);
      return 0;
    }
  },
  FEATURES("Print what this runtime can do as JSON") {
    @Override
    void describe(Syntax syntax) {}

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session) {
      session.out().println(Json.print(SpecDocuments.features()));
      return 0;
    }
  },
  SPEC("Write a config.json to start from") {
    @Override
    void describe(Syntax syntax) {
      syntax.text("DIR", "The bundle; by default where you stand.", "-b", "--bundle");
    }

    @Override
    int run(OciRuntime runtime, Arguments arguments, Session session) throws IOException {
      Path file =
          session.directory().resolve(arguments.text("--bundle", ".")).resolve("config.json");
      if (Files.exists(file)) {
        throw UserError.usage(file + " exists; remove it to have a new one");
      }
      Files.writeString(file, SpecDocuments.template());
      return 0;
    }
  };

  private final String sentence;

  OciAction(String sentence) {
    this.sentence = sentence;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sentence() {
    return sentence;
  }

  /** Most take the id of a container and nothing else. */
  void describe(Syntax syntax) {
    syntax.operands("ID", "1", "The container.");
  }

  abstract int run(OciRuntime runtime, Arguments arguments, Session session) throws Exception;

  /** What create and exec share. */
  private static Syntax process(Syntax syntax) {
    return syntax
        .text("SOCKET", "A unix socket that takes the terminal.", "--console-socket")
        .text("FILE", "Write the process id to this file.", "--pid-file")
        .refuse("is not done, only the standard streams are passed on", true, "--preserve-fds");
  }

  private static CreateOptions options(Arguments arguments, Session session) {
    return new CreateOptions(
        path(session, arguments.text("--console-socket")),
        path(session, arguments.text("--pid-file")));
  }

  private static @Nullable Path path(Session session, @Nullable String text) {
    return text == null ? null : session.directory().resolve(text);
  }

  private static boolean isJson(Arguments arguments) {
    String format = arguments.text("--format", "table");
    return switch (format) {
      case "json" -> true;
      case "table" -> false;
      default ->
          throw UserError.usage("--format \"" + format + "\" is not known; write table or json");
    };
  }
}
