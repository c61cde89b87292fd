package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.ContainerRef;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.Step;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.FakeEngine;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.spec.VolumeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExecutorTest {
  private final FakeEngine engine = new FakeEngine();
  private final List<Step> steps = new ArrayList<>();
  private final List<ProgressEvent> events = Collections.synchronizedList(new ArrayList<>());

  @Test
  void beginsAStepTheMomentItsNeedsAreDone() throws Exception {
    volume("slow");
    volume("quick");
    volume("after-quick", 2);
    CountDownLatch slow = engine.hold("create volume slow");
    FutureTask<Outcome> run = begin(executor(false));

    await().until(() -> engine.calls().contains("create volume after-quick"));
    slow.countDown();

    assertThat(run.get(5, TimeUnit.SECONDS).ok()).isTrue();
  }

  @Test
  void worksOnIndependentStepsAtTheSameTime() throws Exception {
    for (int i = 0; i < 20; i++) {
      volume("v" + i);
      engine.hold("create volume v" + i);
    }
    FutureTask<Outcome> run = begin(executor(false));

    await().until(() -> engine.calls().size() == 20);
    for (int i = 0; i < 20; i++) {
      engine.hold("create volume v" + i).countDown();
    }

    assertThat(run.get(5, TimeUnit.SECONDS).timings()).hasSize(20);
  }

  @Test
  void aFailedStepStopsOnlyWhatDependsOnIt() {
    volume("bad");
    volume("good");
    volume("after-bad", 1);
    volume("after-after-bad", 3);
    volume("after-good", 2);
    engine.fail("create volume bad", EngineException.Reason.FAILED, "disk full");

    Outcome outcome = executor(false).run();

    assertThat(engine.calls())
        .containsExactlyInAnyOrder(
            "create volume bad", "create volume good", "create volume after-good");
    assertThat(outcome.failures())
        .containsExactly(new Outcome.Failure("Volume bad", "cannot create volume bad: disk full"));
  }

  @Test
  void reportsEveryFailure() {
    volume("a");
    volume("b");
    engine.fail("create volume a", EngineException.Reason.FAILED, "one");
    engine.fail("create volume b", EngineException.Reason.FAILED, "two");

    assertThat(executor(false).run().failures())
        .extracting(Outcome.Failure::id)
        .containsExactlyInAnyOrder("Volume a", "Volume b");
  }

  @Test
  void whatOnlyNeedsAStepToEndGoesOnAfterItsFailure() {
    volume("bad");
    steps.add(new Step(2, create("after"), "test", List.of(new Step.Need(1, false))));
    engine.fail("create volume bad", EngineException.Reason.FAILED, "no");

    Outcome outcome = executor(false).run();

    assertThat(engine.calls()).contains("create volume after");
    assertThat(outcome.ok()).isFalse();
  }

  @Test
  void anOptionalWaitThatFailsIsAWarning() {
    ContainerRef container = new ContainerRef("job", "1");
    steps.add(new Step(1, new Action.AwaitCompleted(container), "test", List.of()));
    steps.add(new Step(2, create("after"), "test", List.of(new Step.Need(1, false))));
    engine.fail("await exit of 1", EngineException.Reason.FAILED, "gone");

    Outcome outcome = executor(false).run();

    assertThat(outcome.ok()).isTrue();
    assertThat(engine.calls()).contains("create volume after");
    assertThat(events)
        .contains(new ProgressEvent.Warned("Container job", "wait until job has completed: gone"));
  }

  @Test
  void aResourceStillInUseIsAWarning() {
    steps.add(new Step(1, new Action.RemoveNetwork("net", "id"), "test", List.of()));
    engine.fail("remove network id", EngineException.Reason.CONFLICT, "has active endpoints");

    assertThat(executor(false).run().ok()).isTrue();
    assertThat(events)
        .contains(new ProgressEvent.Warned("Network net", "Resource is still in use"));
  }

  @Test
  void cancellingInterruptsWhatRunsAndBeginsNothingMore() throws Exception {
    volume("slow");
    volume("after", 1);
    engine.hold("create volume slow");
    Executor executor = executor(false);
    FutureTask<Outcome> run = begin(executor);
    await().until(() -> !engine.calls().isEmpty());

    executor.cancel();
    Outcome outcome = run.get(5, TimeUnit.SECONDS);

    assertThat(outcome.cancelled()).isTrue();
    assertThat(outcome.failures()).isEmpty();
    assertThat(engine.calls()).containsExactly("create volume slow");
    assertThat(events).contains(new ProgressEvent.Failed("Volume slow", "Interrupted"));
  }

  @Test
  void oneAfterTheOtherKeepsTheOrderOfThePlan() {
    volume("a");
    volume("b");
    volume("c", 1);
    volume("d");

    executor(true).run();

    assertThat(engine.calls())
        .containsExactly(
            "create volume a", "create volume b", "create volume c", "create volume d");
  }

  @Test
  void waitingEndsWhenItsTimeIsUp() {
    steps.add(new Step(1, new Action.AwaitUp(new ContainerRef("web", "1")), "test", List.of()));
    engine.hold("await health of 1");

    Outcome outcome =
        new Executor(
                new Plan(steps, List.of()),
                engine,
                events::add,
                BuildListener.SILENT,
                false,
                0,
                Duration.ofMillis(20))
            .run();

    assertThat(outcome.failures())
        .containsExactly(
            new Outcome.Failure(
                "Container web", "wait until web is up: it took longer than 0.02 s"));
  }

  @Test
  void fetchesNoMoreImagesAtOnceThanAllowedAndDoesOtherThingsMeanwhile() throws Exception {
    for (int i = 0; i < 3; i++) {
      pull("image" + i);
    }
    volume("data");
    List<CountDownLatch> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(engine.hold("pull image" + i));
    }
    FutureTask<Outcome> run =
        begin(
            new Executor(
                new Plan(steps, List.of()),
                engine,
                events::add,
                BuildListener.SILENT,
                false,
                2,
                null));

    await().until(() -> pulls() == 2 && engine.calls().contains("create volume data"));
    held.forEach(CountDownLatch::countDown);

    assertThat(run.get(5, TimeUnit.SECONDS).ok()).isTrue();
    assertThat(pulls()).isEqualTo(3);
  }

  private long pulls() {
    return engine.calls().stream().filter(call -> call.startsWith("pull image")).count();
  }

  private void pull(String reference) {
    steps.add(new Step(steps.size() + 1, new Action.PullImage(reference, null), "test", List.of()));
  }

  @Test
  void tellsWhatIsDoneInTheOrderItHappens() {
    volume("data");

    executor(false).run();

    assertThat(events).hasSize(2);
    assertThat(events.getFirst()).isEqualTo(new ProgressEvent.Working("Volume data", "Creating"));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            ProgressEvent.Done.class, done -> assertThat(done.text()).isEqualTo("Created"));
  }

  @Test
  void thousandsOfStepsDoNotNestCalls() {
    volume("v0");
    for (int i = 1; i < 5000; i++) {
      volume("v" + i, i);
    }
    engine.fail("create volume v0", EngineException.Reason.FAILED, "no");

    assertThat(executor(false).run().timings()).hasSize(1);
  }

  private Executor executor(boolean serial) {
    return new Executor(
        new Plan(steps, List.of()), engine, events::add, BuildListener.SILENT, serial, 0, null);
  }

  private static FutureTask<Outcome> begin(Executor executor) {
    FutureTask<Outcome> task = new FutureTask<>(executor::run);
    Thread.startVirtualThread(task);
    return task;
  }

  private void volume(String name, Integer... needs) {
    steps.add(
        new Step(
            steps.size() + 1,
            create(name),
            "test",
            Arrays.stream(needs).map(need -> new Step.Need(need, true)).toList()));
  }

  private static Action create(String name) {
    return new Action.CreateVolume(new VolumeSpec(name, "local", Map.of(), Map.of()));
  }
}
