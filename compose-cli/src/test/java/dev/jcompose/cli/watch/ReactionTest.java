package dev.jcompose.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactionTest {
  @TempDir Path folder;

  @Test
  void copiesBelowTheTargetAndTheFileOfARuleToTheTargetItself() throws Exception {
    WatchPlan plan =
        plan(
            """
            services:
              web:
                image: x
                develop:
                  watch:
                    - {path: src, action: sync, target: /app/}
                    - {path: conf.ini, action: sync+restart, target: /etc/conf.ini}
            """);

    Reaction reaction = react(plan, "src/a/b", "conf.ini", "other");

    assertThat(reaction.copies())
        .isEqualTo(
            Map.of(
                "web",
                Map.of(
                    "/app/a/b", folder.resolve("src/a/b"),
                    "/etc/conf.ini", folder.resolve("conf.ini"))));
    assertThat(reaction.restarts()).containsExactly("web");
    assertThat(reaction.rebuilds()).isEmpty();
  }

  @Test
  void doesForEachServiceWhatItsOwnRulesSay() throws Exception {
    WatchPlan plan =
        plan(
            """
            services:
              web:
                build: .
                develop:
                  watch:
                    - {path: ., action: rebuild}
              worker:
                image: x
                develop:
                  watch:
                    - {path: ., action: restart}
                    - {path: lib, action: sync+exec, target: /lib, exec: {command: reload}}
            """);

    Reaction reaction = react(plan, "lib/x", "lib/y");

    assertThat(reaction.rebuilds()).containsExactly("web");
    assertThat(reaction.restarts()).containsExactly("worker");
    assertThat(reaction.copies()).containsOnlyKeys("worker");
    assertThat(reaction.commands()).hasSize(1);
  }

  @Test
  void leavesOutWhatTheRuleTheBuildAndTheEditorsLeaveOut() throws Exception {
    Files.writeString(folder.resolve(".dockerignore"), "*.log\n!keep.log\ntarget\n");
    WatchPlan plan =
        plan(
            """
            services:
              web:
                build: .
                develop:
                  watch:
                    - {path: ., action: sync, target: /app, ignore: [node_modules/, '**/*.tmp']}
            """);

    Reaction reaction =
        react(
            plan,
            "a.log",
            "keep.log",
            "target/x",
            "node_modules/x/y",
            "b/c.tmp",
            ".git/index",
            "b/.c.swp",
            "b/c~",
            "4913",
            "b/c");

    assertThat(reaction.copies().get("web")).containsOnlyKeys("/app/keep.log", "/app/b/c");
    assertThat(plan.skips(folder.resolve("node_modules"))).isTrue();
    assertThat(plan.skips(folder.resolve("target"))).isTrue();
    assertThat(plan.skips(folder.resolve("b"))).isFalse();
  }

  @Test
  void looksAtIncludedFilesOnly() throws Exception {
    WatchPlan plan =
        plan(
            """
            services:
              web:
                image: x
                develop:
                  watch:
                    - {path: ., action: sync, target: /app, include: ['*.txt', 'lib/**/*.js']}
            """);

    assertThat(react(plan, "a.txt", "b/a.txt", "lib/a/b.js", "a.js").copies().get("web"))
        .containsOnlyKeys("/app/a.txt", "/app/lib/a/b.js");
  }

  @Test
  void doesNotWatchWhatIsMountedAlreadyAndSaysSo() throws Exception {
    WatchPlan plan =
        plan(
            """
            services:
              web:
                image: x
                volumes: ['.:/app']
                develop:
                  watch:
                    - {path: src, action: restart}
            """);

    assertThat(plan.paths()).isEmpty();
    assertThat(plan.warnings())
        .singleElement()
        .asString()
        .contains("src")
        .contains("mounted into service web");
  }

  @Test
  void refusesWhatCannotBeWatched() {
    assertThatThrownBy(() -> plan("services: {web: {image: x}}"))
        .hasMessageContaining("add develop.watch");
    assertThatThrownBy(
            () ->
                plan(
                    """
                    services:
                      web:
                        image: x
                        develop: {watch: [{path: ., action: rebuild}]}
                    """))
        .hasMessageContaining("services.web.develop.watch[0]")
        .hasMessageContaining("no build section");
    assertThatThrownBy(
            () ->
                plan(
                    """
                    services:
                      web:
                        image: x
                        develop: {watch: [{path: ., action: restart, ignore: ['[']}]}
                    """))
        .hasMessageContaining("\"[\" is no pattern");
  }

  @Test
  void knowsTheFilesTheProjectWasReadFrom() throws Exception {
    Files.writeString(folder.resolve("web.env"), "A=1");
    Files.writeString(folder.resolve("base.yaml"), "services: {base: {image: x}}");
    WatchPlan plan =
        plan(
            """
            services:
              web:
                extends: {file: base.yaml, service: base}
                env_file: web.env
                develop: {watch: [{path: src, action: restart}]}
            """);

    assertThat(plan.sources())
        .isEqualTo(
            Set.of(
                folder.resolve("compose.yaml"),
                folder.resolve("base.yaml"),
                folder.resolve("web.env"),
                folder.resolve(".env")));
  }

  private Reaction react(WatchPlan plan, String... files) {
    return Reaction.to(Stream.of(files).map(folder::resolve).toList(), plan.paths());
  }

  private WatchPlan plan(String text) throws IOException, ComposeException, WatchException {
    Files.writeString(folder.resolve("compose.yaml"), text);
    LoadedProject loaded =
        ProjectLoader.load(
            new LoadRequest(
                folder,
                Map.of(),
                null,
                List.of(),
                null,
                List.of(),
                null,
                "demo",
                List.of(),
                List.of(),
                EnumSet.noneOf(LoadRequest.Skip.class)));
    return WatchPlan.of(loaded.project(), List.of(), loaded.sources());
  }
}
