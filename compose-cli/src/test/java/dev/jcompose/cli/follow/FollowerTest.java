package dev.jcompose.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.cli.FakeEngine;
import dev.jcompose.cli.follow.Follower.Exit;
import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.stream.EngineEvent;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private final FakeEngine engine = new FakeEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void followsWhatIsStartedLaterAndTellsHowItEnded() throws InterruptedException {
    ContainerView web =
        engine.add("web", ContainerStatus.EXITED, "2026-01-31T12:00:01.000000000Z hello\n");
    try (Follower follower = follower()) {
      follower.expectMore();
      engine.happens("start", web, "");
      engine.happens("die", web, "3");

      assertThat(follower.next()).contains(new Exit(web.id(), "web", 3));
      follower.expectNoMore(List.of(web.id()));
      assertThat(follower.next()).isEmpty();
    }
    assertThat(printed()).isEqualTo("web-1  | hello\nweb-1 exited with code 3\n");
  }

  @Test
  void doesNotPrintAgainWhatWasSaidBeforeARestart() throws InterruptedException {
    ContainerView web =
        engine.add("web", ContainerStatus.RESTARTING, "2026-01-31T12:00:01.000000000Z hello\n");
    try (Follower follower = follower()) {
      follower.follow(web, null);
      engine.happens("die", web, "1");
      engine.happens("start", web, "");
      engine.happens("die", web, "1");
      engine.happens("stop", web, "1");

      assertThat(follower.next()).isEmpty();
    }
    assertThat(printed())
        .isEqualTo(
            """
            web-1  | hello
            web-1 exited with code 1 (restarting)
            web-1 exited with code 1 (restarting)
            """);
  }

  @Test
  void waitsToHearOfContainersThatWereStartedAndHaveEndedAlready() throws InterruptedException {
    ContainerView job =
        engine.add("job", ContainerStatus.EXITED, "2026-01-31T12:00:01.000000000Z quick\n");
    try (Follower follower = follower()) {
      follower.expectMore();
      follower.expectNoMore(List.of(job.id()));
      engine.happens("start", job, "");
      engine.happens("die", job, "0");

      assertThat(follower.next()).contains(new Exit(job.id(), "job", 0));
      assertThat(follower.next()).isEmpty();
    }
    assertThat(printed()).isEqualTo("job-1  | quick\njob-1 exited with code 0\n");
  }

  @Test
  void doesNotWaitForTheEndOfContainersItDoesNotFollow() throws InterruptedException {
    ContainerView web =
        engine.add("web", ContainerStatus.EXITED, "2026-01-31T12:00:01.000000000Z hello\n");
    ContainerView db = engine.add("db", ContainerStatus.RUNNING, "");
    try (Follower follower =
        follower(event -> "web".equals(event.attributes().get(Labels.SERVICE)))) {
      follower.expectMore();
      follower.expectNoMore(List.of(db.id(), web.id()));
      engine.happens("start", web, "");
      engine.happens("die", web, "0");
      engine.happens("start", db, "");

      assertThat(follower.next()).contains(new Exit(web.id(), "web", 0));
      assertThat(follower.next()).isEmpty();
    }
  }

  @Test
  void isNotOverWhileItHearsOfAStart() throws InterruptedException {
    ContainerView web =
        engine.add("web", ContainerStatus.EXITED, "2026-01-31T12:00:01.000000000Z hello\n");
    AtomicReference<@Nullable Follower> itself = new AtomicReference<>();
    Predicate<EngineEvent> meanwhile =
        event -> {
          if (event.action().equals("start")) {
            Thread other =
                Thread.ofPlatform()
                    .start(
                        () -> Objects.requireNonNull(itself.get()).expectNoMore(List.of(web.id())));
            await()
                .until(
                    () ->
                        EnumSet.of(Thread.State.BLOCKED, Thread.State.TERMINATED)
                            .contains(other.getState()));
          }
          return true;
        };
    try (Follower follower = follower(meanwhile)) {
      itself.set(follower);
      follower.expectMore();
      engine.happens("start", web, "");
      engine.happens("die", web, "4");

      assertThat(follower.next()).contains(new Exit(web.id(), "web", 4));
      assertThat(follower.next()).isEmpty();
    }
  }

  @Test
  void isNotOverBeforeItIsKnownWhetherAContainerComesBack() throws InterruptedException {
    ContainerView web = engine.add("web", ContainerStatus.RESTARTING, "");
    AtomicReference<@Nullable Follower> itself = new AtomicReference<>();
    try (Follower follower =
        follower(
            event -> true,
            name -> {
              Follower started = itself.getAndSet(null);
              if (started != null) {
                Thread other =
                    Thread.ofPlatform().start(() -> started.expectNoMore(List.of(web.id())));
                await().until(() -> !other.isAlive());
              }
              return name;
            })) {
      follower.follow(web, null);
      follower.expectMore();
      itself.set(follower);
      engine.happens("start", web, "");
      engine.happens("die", web, "1");
      engine.happens("start", web, "");
      engine.happens("die", web, "1");
      engine.happens("stop", web, "1");

      assertThat(follower.next()).isEmpty();
    }
    assertThat(printed()).isEqualTo("demo-web-1 exited with code 1 (restarting)\n".repeat(2));
  }

  @Test
  void isOverAtOnceWhenNothingRuns() throws InterruptedException {
    ContainerView job = engine.add("job", ContainerStatus.EXITED, "");
    try (Follower follower = follower()) {
      follower.follow(job, null);

      assertThat(follower.next()).isEmpty();
    }
  }

  private Follower follower() {
    return follower(event -> true);
  }

  private Follower follower(Predicate<EngineEvent> wanted) {
    return follower(wanted, name -> name.substring("demo-".length()));
  }

  private Follower follower(Predicate<EngineEvent> wanted, UnaryOperator<String> shortName) {
    return new Follower(
        engine.engine(),
        "demo",
        new LogPrinter(out, out, true, false),
        shortName,
        new Follower.Options(wanted, null, false, false, true));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
