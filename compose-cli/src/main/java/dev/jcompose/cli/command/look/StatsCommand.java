package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.render.table.UsageList;
import dev.jcompose.cli.render.table.UsageRow;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.UsageReader;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.UsageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code stats}: what containers use, once or again each second until Ctrl-C. */
public final class StatsCommand implements Command {
  // Home, then clear what is below, so that a table that shrinks leaves nothing behind.
  private static final String REDRAW = "\033[H\033[J";
  private static final int NEAR_MILLIS = 50;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Stopped containers too, with nothing in use.", "-a", "--all")
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .flag("One measurement instead of one a second.", "--no-stream")
        .flag("Whole ids.", "--no-trunc")
        .operands("SERVICE", "0..1", "Only this service.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse("jcompose stats", arguments.text("--format"), RowFormat.JsonShape.LINES);
    boolean truncates = !arguments.flag("--no-trunc");
    ProjectContext context = ProjectContext.of(session, List.of());
    try (Engine engine = session.engine()) {
      List<ContainerView> containers =
          context.containers(engine, arguments.operands(), true).stream()
              .filter(c -> c.status().up() || arguments.flag("--all"))
              .toList();
      if (arguments.flag("--no-stream")) {
        session.out().print(format.print(once(engine, containers, truncates)));
        return ExitCode.OK.code();
      }
      return live(session, engine, containers, truncates, format);
    }
  }

  private static UsageList once(Engine engine, List<ContainerView> containers, boolean truncates)
      throws InterruptedException {
    Map<String, UsageView> latest = new ConcurrentHashMap<>();
    List<Thread> readers = new ArrayList<>();
    for (ContainerView container : containers) {
      if (container.status().up()) {
        readers.add(
            Thread.ofVirtual()
                .start(() -> measure(engine, container, false, latest, new Semaphore(0))));
      }
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return rows(containers, latest, truncates);
  }

  private static int live(
      Session session,
      Engine engine,
      List<ContainerView> containers,
      boolean truncates,
      RowFormat format)
      throws InterruptedException {
    Map<String, UsageView> latest = new ConcurrentHashMap<>();
    List<Thread> readers = new ArrayList<>();
    Semaphore news = new Semaphore(0);
    for (ContainerView container : containers) {
      if (container.status().up()) {
        readers.add(Thread.ofVirtual().start(() -> measure(engine, container, true, latest, news)));
      }
    }
    String before = session.colours(false) ? REDRAW : "";
    while (readers.stream().anyMatch(Thread::isAlive)) {
      news.acquire();
      // The others measure at about the same moment; one table tells of all of them.
      while (news.tryAcquire(NEAR_MILLIS, TimeUnit.MILLISECONDS)) {
        news.drainPermits();
      }
      session.out().print(before + format.print(rows(containers, latest, truncates)));
      session.out().flush();
    }
    return ExitCode.OK.code();
  }

  private static void measure(
      Engine engine,
      ContainerView container,
      boolean live,
      Map<String, UsageView> latest,
      Semaphore news) {
    try (UsageReader reader = engine.usage(container.id(), live)) {
      for (UsageView usage = reader.next(); usage != null; usage = reader.next()) {
        latest.put(container.id(), usage);
        news.release();
      }
    } catch (EngineException e) {
      // It has just ended or gone; its row shows nothing in use.
    }
    if (live) {
      latest.remove(container.id());
      news.release();
    }
  }

  private static UsageList rows(
      List<ContainerView> containers, Map<String, UsageView> latest, boolean truncates) {
    return new UsageList(
        containers.stream()
            .map(c -> new UsageRow(c, usage(latest.get(c.id())), truncates))
            .toList());
  }

  private static UsageView usage(@Nullable UsageView measured) {
    return measured == null ? new UsageView(0, 0, 0, 0, 0, 0, 0, 0) : measured;
  }
}
