package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.PullOptions;
import dev.jcompose.core.plan.Step;
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
import java.util.Optional;
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

  @ParameterizedTest
  @CsvSource({"missing, true", "daily, true", "always, true", "never, false", "build, true"})
  void fetchesMountedImagesThatAreNotHere(String policy, boolean pulled) throws ComposeException {
    FakeEngine engine = new FakeEngine();
    engine.addImage("app", "sha256:1", false);
    DesiredState desired =
        desired(
            "web: {image: app, build: ., pull_policy: "
                + policy
                + ", volumes: [{type: image, source: assets, target: /a}, {type: image, source:"
                + " made, target: /m}, {type: image, source: app, target: /own}]}\n"
                + "  made: {image: made, build: ., pull_policy: build}");

    assertThat(references(Pulls.plan(desired, observed(desired, NOW), NOW)))
        .filteredOn(reference -> !reference.equals("app"))
        .isEqualTo(pulled ? List.of("assets") : List.of());
  }

  @Test
  void pullFetchesMountedImagesTooButNotThoseThatAreBuilt() throws ComposeException {
    DesiredState desired =
        desired(
            "web: {image: app, volumes: [{type: image, source: assets, target: /a}, {type: image,"
                + " source: made, target: /m}]}\n"
                + "  still: {image: app, pull_policy: never, volumes: [{type: image, source:"
                + " other, target: /o}]}\n"
                + "  made: {build: ., image: made, pull_policy: never}");
    Reconciler reconciler = new Reconciler(new FakeEngine(), event -> {}, true);

    assertThat(
            references(
                reconciler.planPull(desired, new PullOptions(Set.of(), Optional.empty(), false))))
        .containsExactly("app", "assets");
    assertThat(
            references(
                reconciler.planPull(
                    desired, new PullOptions(Set.of("made"), Optional.empty(), false))))
        .isEmpty();
  }

  @Test
  void aMountedImageThatCannotBeFetchedEndsItBeforeAnythingIsMade() throws ComposeException {
    FakeEngine engine = unreachable();
    engine.addImage("tool", "sha256:1", false);

    Outcome outcome =
        up(
            engine,
            desired("web: {image: tool, volumes: [{type: image, source: app, target: /a}]}"));

    assertThat(outcome.failures())
        .containsExactly(new Outcome.Failure("Image app", "cannot pull image app: no route"));
    assertThat(engine.calls()).containsExactly("pull app");
  }

  @Test
  void anEngineThatCannotMountImagesIsLeftAlone() throws ComposeException {
    FakeEngine engine = new FakeEngine();
    engine.cannotMountImages();
    DesiredState desired =
        desired("web: {image: app, volumes: [{type: image, source: app, target: /a}]}");

    assertThatThrownBy(() -> up(engine, desired))
        .isInstanceOf(ComposeException.class)
        .hasMessageContaining("services.web.volumes: this engine cannot mount images")
        .hasMessageContaining("API 1.48");
    assertThat(engine.calls()).isEmpty();
    assertThat(up(engine, desired("web: {image: app}")).failures()).isEmpty();
  }

  private static List<String> references(Plan plan) {
    return plan.steps().stream()
        .map(Step::action)
        .filter(Action.PullImage.class::isInstance)
        .map(action -> ((Action.PullImage) action).reference())
        .toList();
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
