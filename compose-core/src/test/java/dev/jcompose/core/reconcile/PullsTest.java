package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.FakeEngine;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.problem.ComposeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images {@code up} fetches, and what it does when it cannot. */
class PullsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "always, PT1S, true",
    "missing, P900D, false",
    "if_not_present, P900D, false",
    "never, P900D, false",
    "daily, PT23H, false",
    "daily, PT25H, true",
    "weekly, P6D, false",
    "weekly, P8D, true",
    "every_1d12h, PT35H, false",
    "every_1d12h, PT37H, true",
    "every_30m, PT31M, true"
  })
  void refreshesWhatHasGotItsNameLongerAgoThanThePolicySays(
      String policy, Duration age, boolean pulled) throws ComposeException {
    DesiredState desired = desired("web: {image: app, pull_policy: " + policy + "}");

    assertThat(Pulls.plan(desired, observed(desired, NOW.minus(age)), NOW).isEmpty())
        .isEqualTo(!pulled);
  }

  @ParameterizedTest
  @CsvSource({"missing, true", "daily, true", "always, true", "never, false", "build, false"})
  void fetchesWhatIsNotHere(String policy, boolean pulled) throws ComposeException {
    DesiredState desired = desired("web: {image: app, pull_policy: " + policy + "}");

    assertThat(Pulls.plan(desired, observed(desired, null), NOW).isEmpty()).isEqualTo(!pulled);
  }

  @Test
  void goesOnWithoutAnImageThatCannotBeFetchedButBuilt() throws ComposeException {
    FakeEngine engine = unreachable();
    DesiredState desired = desired("web: {image: app, pull_policy: always, build: .}");

    Outcome outcome = up(engine, desired);

    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.warnings())
        .containsExactly("cannot pull image app: no route; going on with what is built here");
    assertThat(engine.calls()).contains("pull app", "build image app", "start it-web-1");
  }

  @Test
  void aServiceThatBuildsTheImageHelpsTheOthersThatUseIt() throws ComposeException {
    FakeEngine engine = unreachable();
    DesiredState desired =
        desired("web: {image: app, build: .}\n  job: {image: app, pull_policy: always}");

    assertThat(up(engine, desired).failures()).isEmpty();
    assertThat(engine.calls()).contains("start it-job-1");
  }

  @Test
  void endsOverAnImageThatNobodyBuildsBeforeAnythingIsMade() throws ComposeException {
    FakeEngine engine = unreachable();

    Outcome outcome = up(engine, desired("web: {image: app}\n  other: {image: tool, build: .}"));

    assertThat(outcome.failures())
        .containsExactly(new Outcome.Failure("Image app", "cannot pull image app: no route"));
    assertThat(engine.calls()).containsExactly("pull app");
  }

  private static FakeEngine unreachable() {
    FakeEngine engine = new FakeEngine();
    engine.fail("pull app", EngineException.Reason.FAILED, "no route");
    return engine;
  }

  private static Outcome up(FakeEngine engine, DesiredState desired) throws ComposeException {
    return new Reconciler(engine, event -> {}, true).up(desired, UpOptions.DEFAULT);
  }

  private static DesiredState desired(String services) throws ComposeException {
    String text = "name: it\nservices:\n  " + services + "\n";
    return DesiredState.of(
        ProjectLoader.load(LoadRequest.ofText(Path.of("/src/it"), text)).project());
  }

  private static ObservedState observed(DesiredState desired, @Nullable Instant tagged) {
    Map<String, ImageView> images =
        tagged == null
            ? Map.of()
            : Map.of(
                "app",
                new ImageView(
                    "sha256:1",
                    List.of("app"),
                    Set.of(),
                    Map.of(),
                    1,
                    "amd64",
                    "linux",
                    false,
                    tagged));
    return new ObservedState(desired.project(), List.of(), Map.of(), Map.of(), images);
  }
}
