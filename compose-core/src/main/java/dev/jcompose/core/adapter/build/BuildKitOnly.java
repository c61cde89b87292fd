package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.dockerfile.Transfer;
import dev.jcompose.engine.build.fetch.Contexts;
import dev.jcompose.engine.build.fetch.Repositories;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.source.BuildProblems;
import dev.jcompose.engine.build.source.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What Docker's first builder lacks: it is refused before anything is sent. */
final class BuildKitOnly {
  private static final String NEXT_MOVE =
      "leave it out, or build with jcompose's own engine, without --host";

  /** What is obeyed, or answered, here. */
  private static final Set<String> HEEDED = Set.of("BUILDKIT_SYNTAX", "BUILDKIT_DOCKERFILE_CHECK");

  private BuildKitOnly() {}

  /**
   * Looks at what is asked for around the Dockerfile.
   *
   * @throws EngineException UNSUPPORTED, with a line for each thing
   */
  static void refuse(BuildSpec spec) {
    List<String> refused = new ArrayList<>();
    BuildSpec.Sandbox sandbox = spec.sandbox();
    add(refused, !spec.secrets().isEmpty(), spec, "secrets", "has no secrets");
    add(refused, !spec.ssh().isEmpty(), spec, "ssh", "lends no ssh agent");
    add(refused, !spec.contexts().isEmpty(), spec, "additional_contexts", "has one context");
    add(refused, !spec.caching().to().isEmpty(), spec, "cache_to", "writes no cache");
    spec.caching().from().stream()
        .filter(place -> place.contains("="))
        .forEach(
            place ->
                refused.add(
                    path(spec, "cache_from")
                        + ": \""
                        + place
                        + "\" is no image, and this engine's builder looks steps up only in images"
                        + " it has; name one, or "
                        + NEXT_MOVE));
    add(
        refused,
        !spec.caching().noneFor().isEmpty(),
        spec,
        "no_cache_filter",
        "runs either every step again or none (no_cache)");
    add(refused, sandbox.privileged(), spec, "privileged", "gives RUN no more capabilities");
    add(refused, !sandbox.entitlements().isEmpty(), spec, "entitlements", "knows none");
    if (sandbox.keepFailed()) {
      refused.add("build --debug: this engine's builder keeps no state for a shell; " + NEXT_MOVE);
    }
    String context = spec.context();
    boolean remote = Contexts.isRemote(context);
    if (!remote && context.contains("://")) {
      refused.add(
          path(spec, "context")
              + ": this engine's builder cannot read "
              + context
              + "; write a folder, a git repository or an http URL");
    }
    if (remote && spec.inline() != null) {
      refused.add(
          path(spec, "dockerfile_inline")
              + ": this engine's builder takes the Dockerfile of "
              + context
              + " from there; write dockerfile: with a path in it, or "
              + NEXT_MOVE);
    }
    if (remote && spec.checkOnly()) {
      refused.add(
          "build --check: the Dockerfile is in " + context + " and not here; check it there");
    }
    int question = context.indexOf('?');
    if (remote && question >= 0 && Repositories.isRepository(context)) {
      refused.add(
          path(spec, "context")
              + ": this engine's builder does not read \""
              + context.substring(question)
              + "\"; write #REFERENCE:FOLDER behind the repository");
    }
    if (!refused.isEmpty()) {
      throw new EngineException(EngineException.Reason.UNSUPPORTED, String.join("\n", refused));
    }
  }

  private static void add(
      List<String> refused, boolean asked, BuildSpec spec, String attribute, String lack) {
    if (asked) {
      refused.add(path(spec, attribute) + ": this engine's builder " + lack + "; " + NEXT_MOVE);
    }
  }

  /** Of build arguments that only BuildKit obeys: a sentence each. */
  static List<String> warnings(Map<String, String> arguments) {
    return arguments.keySet().stream()
        .filter(
            name ->
                name.equals("SOURCE_DATE_EPOCH")
                    || (name.startsWith("BUILDKIT_") && !HEEDED.contains(name)))
        .map(name -> "this engine's builder does not obey the build argument " + name)
        .toList();
  }

  private static String path(BuildSpec spec, String attribute) {
    return "services." + spec.service() + ".build." + attribute;
  }

  /**
   * Looks at the Dockerfile.
   *
   * @throws dev.jcompose.engine.build.source.DockerfileException with the lines of each thing
   */
  static void refuse(Dockerfile dockerfile) {
    BuildProblems problems = new BuildProblems(dockerfile.source());
    for (Stage stage : dockerfile.stages()) {
      for (Instruction instruction : stage.instructions()) {
        Instruction meant =
            instruction instanceof Instruction.OnBuild later
                ? DockerfileParser.parseTrigger(dockerfile.source().name(), later.trigger())
                : instruction;
        SourceRange range = instruction.origin().range();
        needs(meant)
            .forEach(
                need ->
                    problems.addAt(
                        range,
                        need,
                        "this engine's builder has no " + meant.keyword() + " " + need,
                        "write it without, or build with jcompose's own engine, without --host"));
      }
    }
    problems.throwIfAny();
  }

  /** The words of an instruction that only BuildKit understands. */
  private static List<String> needs(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Run run ->
          words(
              new Word("<<", !run.heredocs().isEmpty()),
              new Word("--mount", !run.mounts().isEmpty()),
              new Word("--network", !run.network().equals("default")),
              new Word("--security", !run.security().equals("sandbox")),
              new Word("--device", !run.devices().isEmpty()));
      case Instruction.Copy copy ->
          Stream.concat(
                  ofTransfer(copy.transfer()),
                  words(new Word("--parents", copy.parents())).stream())
              .toList();
      case Instruction.Add add ->
          Stream.concat(
                  ofTransfer(add.transfer()),
                  Stream.concat(
                      words(
                          new Word("--keep-git-dir", add.keepGitDir()),
                          new Word("--checksum", !add.checksum().isEmpty()),
                          new Word("--unpack", add.unpack() != null))
                          .stream(),
                      add.transfer().sources().stream().filter(Repositories::isRepository)))
              .toList();
      case Instruction.From _,
          Instruction.Env _,
          Instruction.Label _,
          Instruction.Arg _,
          Instruction.Expose _,
          Instruction.Volume _,
          Instruction.User _,
          Instruction.Workdir _,
          Instruction.Cmd _,
          Instruction.Entrypoint _,
          Instruction.Healthcheck _,
          Instruction.Shell _,
          Instruction.StopSignal _,
          Instruction.OnBuild _,
          Instruction.Maintainer _ ->
          List.of();
    };
  }

  private static Stream<String> ofTransfer(Transfer transfer) {
    return words(
        new Word("<<", !transfer.heredocs().isEmpty()),
        new Word("--link", transfer.link()),
        new Word("--chmod", !transfer.chmod().isEmpty()),
        new Word("--exclude", !transfer.excludes().isEmpty()))
        .stream();
  }

  private record Word(String text, boolean isUsed) {}

  private static List<String> words(Word... words) {
    return Stream.of(words).filter(Word::isUsed).map(Word::text).toList();
  }
}
