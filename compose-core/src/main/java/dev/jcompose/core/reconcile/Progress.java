package dev.jcompose.core.reconcile;

import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.ContainerRef;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts steps into the words that users of compose tools know (compose facts 3.25). */
final class Progress {
  private final Consumer<ProgressEvent> listener;

  /** Ids of containers that are replaced, with the action that makes the new one. */
  private final Map<String, Action.CreateContainer> replaced = new HashMap<>();

  private final Map<String, Long> replacementBegan = new ConcurrentHashMap<>();

  Progress(Plan plan, Consumer<ProgressEvent> listener) {
    this.listener = listener;
    for (Step step : plan.steps()) {
      if (step.action() instanceof Action.CreateContainer create) {
        ContainerRef old = create.replaces();
        if (old != null && old.id() != null) {
          replaced.put(old.id(), create);
        }
      }
    }
  }

  /** The two words of an action, "Creating" and "Created"; an empty one is not said. */
  private record Words(String working, String done) {
    static final Words SILENT = new Words("", "");
  }

  void begun(Action action, long now) {
    if (action instanceof Action.CreateContainer create && create.replaces() != null) {
      replacementBegan.put(create.container().name(), now);
    }
    String text = words(action).working();
    if (!text.isEmpty()) {
      tell(new ProgressEvent.Working(id(action), text));
    }
  }

  void working(Action action, String text) {
    tell(new ProgressEvent.Working(id(action), text));
  }

  void done(Action action, long began, long now) {
    String text = words(action).done();
    if (!text.isEmpty()) {
      long since = began;
      if (text.equals("Recreated") && action instanceof Action.OnContainer on) {
        since = replacementBegan.getOrDefault(on.container().name(), began);
      }
      tell(new ProgressEvent.Done(id(action), text, Duration.ofNanos(now - since)));
    }
  }

  void warned(Action action, String text) {
    tell(new ProgressEvent.Warned(id(action), text));
  }

  void failed(Action action, String text) {
    tell(new ProgressEvent.Failed(id(action), text));
  }

  /** Events come from many threads; the listener hears one at a time. */
  private synchronized void tell(ProgressEvent event) {
    listener.accept(event);
  }

  static String id(Action action) {
    return switch (action) {
      case Action.CreateNetwork create -> "Network " + create.spec().name();
      case Action.RemoveNetwork remove -> "Network " + remove.name();
      case Action.CreateVolume create -> "Volume " + create.spec().name();
      case Action.RemoveVolume remove -> "Volume " + remove.name();
      case Action.PullImage pull -> "Image " + pull.reference();
      case Action.BuildImage build -> "Image " + build.spec().image();
      case Action.PushImage push -> "Image " + push.reference();
      case Action.RemoveImage remove -> "Image " + remove.reference();
      case Action.OnContainer on -> "Container " + on.container().name();
    };
  }

  private Words words(Action action) {
    return switch (action) {
      case Action.CreateNetwork create -> new Words("Creating", "Created");
      case Action.CreateVolume create -> new Words("Creating", "Created");
      case Action.CreateContainer create ->
          create.replaces() == null ? new Words("Creating", "Created") : new Words("Recreate", "");
      case Action.RemoveNetwork remove -> new Words("Removing", "Removed");
      case Action.RemoveVolume remove -> new Words("Removing", "Removed");
      case Action.RemoveImage remove -> new Words("Removing", "Removed");
      case Action.RemoveContainer remove -> removal(replacement(remove.container()));
      case Action.RenameContainer rename -> new Words("", "Recreated");
      case Action.PullImage pull -> new Words("Pulling", "Pulled");
      case Action.BuildImage build -> new Words("Building", "Built");
      case Action.PushImage push -> new Words("Pushing", "Pushed");
      case Action.StartContainer start -> new Words("Starting", "Started");
      case Action.StopContainer stop ->
          replacement(stop.container()) == null ? new Words("Stopping", "Stopped") : Words.SILENT;
      case Action.RestartContainer restart -> new Words("Restarting", "Started");
      case Action.KillContainer kill -> new Words("Killing", "Killed");
      case Action.PauseContainer pause -> new Words("Pausing", "Paused");
      case Action.UnpauseContainer unpause -> new Words("Unpausing", "Unpaused");
      case Action.AwaitHealthy await -> new Words("Waiting", "Healthy");
      case Action.AwaitUp await -> new Words("Waiting", "Healthy");
      case Action.AwaitStable await -> new Words("Waiting", "Stable");
      case Action.AwaitHook await -> new Words("Waiting", "Exited");
      case Action.AwaitCompleted await -> new Words("Waiting", "Exited");
      case Action.UpdateContainer update -> new Words("Changing", "Changed");
      case Action.ConnectNetwork connect -> Words.SILENT;
      case Action.DisconnectNetwork disconnect -> Words.SILENT;
      case Action.PutFiles put -> Words.SILENT;
      case Action.RunHook run -> Words.SILENT;
    };
  }

  private static Words removal(Action.@Nullable CreateContainer replacement) {
    if (replacement == null) {
      return new Words("Removing", "Removed");
    }
    boolean renamedLater = !replacement.spec().name().equals(replacement.container().name());
    return renamedLater ? Words.SILENT : new Words("", "Recreated");
  }

  private Action.@Nullable CreateContainer replacement(ContainerRef container) {
    return container.id() == null ? null : replaced.get(container.id());
  }
}
