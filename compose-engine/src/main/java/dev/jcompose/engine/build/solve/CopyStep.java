package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.cache.StepKey;
import dev.jcompose.engine.build.copy.CopyEngine;
import dev.jcompose.engine.build.copy.CopyException;
import dev.jcompose.engine.build.copy.Destination;
import dev.jcompose.engine.build.copy.ModeChange;
import dev.jcompose.engine.build.copy.Owner;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.dockerfile.Transfer;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out COPY and ADD. */
final class CopyStep {
  private final BuildTools tools;
  private final Session session;
  private final Stage stage;
  private final StageState state;

  CopyStep(BuildTools tools, Session session, Stage stage, StageState state) {
    this.tools = tools;
    this.session = session;
    this.stage = stage;
    this.state = state;
  }

  /** One instruction with its variables expanded. */
  private record Expanded(
      Origin origin,
      List<String> sources,
      String target,
      String chown,
      String chmod,
      boolean parents,
      Transfer transfer,
      String history) {}

  /** Sorts the sources of an instruction. */
  @FunctionalInterface
  private interface Sorting {
    void into(Transfers transfers) throws BuildException, IOException, InterruptedException;
  }

  void copy(Instruction.Copy copy, String title)
      throws BuildException, IOException, InterruptedException {
    Expanded expanded = expand(copy.origin(), "COPY", copy.transfer(), copy.parents());
    carryOut(expanded, copy.from(), title, transfers -> transfers.copy(expanded.sources()));
  }

  void add(Instruction.Add add, String title)
      throws BuildException, IOException, InterruptedException {
    Expanded expanded = expand(add.origin(), "ADD", add.transfer(), false);
    carryOut(expanded, "", title, transfers -> transfers.add(expanded.sources(), add));
  }

  private void carryOut(Expanded copy, String from, String title, Sorting sorting)
      throws BuildException, IOException, InterruptedException {
    int step = session.progress().begin(title);
    StepRunner.Made made = session.watched(step, () -> made(copy, from, step, sorting));
    state.layer(made.layer(), made.created(), copy.history());
  }

  private Expanded expand(Origin origin, String keyword, Transfer transfer, boolean parents) {
    List<String> sources = new ArrayList<>();
    transfer.sources().forEach(source -> sources.add(word(source, origin)));
    String destination = word(transfer.destination(), origin);
    String chown = word(transfer.chown(), origin);
    String chmod = word(transfer.chmod(), origin);
    List<String> shown = new ArrayList<>(List.of(keyword));
    if (parents) {
      shown.add("--parents");
    }
    if (!chown.isEmpty()) {
      shown.add("--chown=" + chown);
    }
    if (!chmod.isEmpty()) {
      shown.add("--chmod=" + chmod);
    }
    shown.addAll(sources);
    transfer.heredocs().forEach(heredoc -> shown.add("<<" + heredoc.name()));
    shown.add(destination);
    return new Expanded(
        origin,
        sources,
        target(destination),
        chown,
        chmod,
        parents,
        transfer,
        String.join(" ", shown) + " # buildkit");
  }

  /** The destination as an absolute path; a slash at its end is kept, for it means a folder. */
  private String target(String destination) {
    String workingDir = state.settings.workingDirOrRoot();
    boolean folder =
        destination.isEmpty()
            || destination.endsWith("/")
            || destination.equals(".")
            || destination.endsWith("/.");
    String absolute =
        destination.startsWith("/")
            ? destination
            : workingDir + (workingDir.endsWith("/") ? "" : "/") + destination;
    return folder && !absolute.endsWith("/") ? absolute + "/" : absolute;
  }

  private String word(String text, Origin origin) {
    return session.scope().word(text, state.variables::get, origin.range());
  }

  private StepRunner.Made made(Expanded copy, String from, int step, Sorting sorting)
      throws BuildException, IOException, InterruptedException {
    boolean cached = session.cached(stage);
    SourceFiles files = session.sources().files(from, stage.index(), copy.origin());
    Digest whole = files.identity().isEmpty() ? null : key(copy, List.of(), files.identity());
    if (whole != null && cached) {
      // What has a name as a whole need not be read to know that nothing has changed.
      StepRunner.Made found = tools.steps().find(whole, session.lease());
      if (found != null) {
        session.progress().cached(step);
        return found;
      }
    }
    try (UndoStack undo = new UndoStack()) {
      Transfers transfers =
          new Transfers(tools, session, copy.origin(), files, placed(copy, files), undo);
      sorting.into(transfers);
      transfers.write(
          copy.transfer().heredocs(),
          text -> session.scope().body(text, state.variables::get, copy.origin().range()));
      List<Batch> batches = transfers.batches();
      Digest content = key(copy, batches.stream().map(Batch::key).toList(), "");
      StepRunner.Made made =
          tools
              .steps()
              .run(
                  new StepRunner.Step(
                      content, state.chain, copy.history(), cached, session.shared()),
                  session.lease(),
                  session.moment(),
                  session.progress(),
                  step,
                  staged -> fill(copy, batches, staged));
      if (whole != null) {
        tools.steps().alias(whole, made, copy.history());
      }
      return made;
    }
  }

  private Transfers.Target placed(Expanded copy, SourceFiles files) throws BuildException {
    try {
      return new Transfers.Target(
          copy.target(),
          owner(copy, files),
          copy.chmod().isEmpty() ? null : ModeChange.parse(copy.chmod()),
          IgnoreRules.excluding(copy.transfer().excludes()),
          copy.parents());
    } catch (CopyException e) {
      throw session.failure(copy.origin(), String.valueOf(e.getMessage()), e);
    } catch (SyntaxException e) {
      throw session.scope().problem(copy.origin().range(), e);
    }
  }

  private @Nullable Owner owner(Expanded copy, SourceFiles files) throws BuildException {
    if (copy.chown().isEmpty()) {
      return files.owned() ? null : Owner.ROOT;
    }
    try {
      return OwnerLookup.of(copy.chown(), session.layers(state.chain));
    } catch (EngineException e) {
      throw session.failure(copy.origin(), "--chown=" + copy.chown() + ": " + e.getMessage(), e);
    }
  }

  private void fill(Expanded copy, List<Batch> batches, Path staged)
      throws BuildException, IOException, InterruptedException {
    try (Destination destination =
        new Destination(
            tools.files(), session.tree(state.chain), staged, session.moment().getEpochSecond())) {
      for (Batch batch : batches) {
        new CopyEngine(tools.files(), destination, batch.options())
            .copy(batch.contents().get(), batch.target());
      }
      destination.finish();
    } catch (CopyException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw session.failure(copy.origin(), String.valueOf(e.getMessage()), e);
    }
    Instant epoch = session.epoch();
    if (epoch != null) {
      Times.clamp(tools.files(), staged, epoch.getEpochSecond());
    }
  }

  private Digest key(Expanded copy, List<String> contents, String identity) {
    return StepKey.of("COPY", state.chain)
        // Paths taken from something that is named as a whole; else the content says it all.
        .with(identity.isEmpty() ? List.of() : copy.sources())
        .with(identity)
        .with(contents)
        .with(copy.target())
        .with(copy.chown())
        .with(copy.chmod())
        .with(Boolean.toString(copy.parents()))
        .with(copy.transfer().excludes())
        .with(session.epochText())
        .finish();
  }
}
