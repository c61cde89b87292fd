package dev.jcompose.core.plan;

import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.desired.InjectedFile;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.NetworkSpec;
import dev.jcompose.core.port.spec.VolumeSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call to the engine. */
public sealed interface Action {

  /** What is done, for people: "create container demo-db-1". */
  String text();

  /** An action on one container. */
  sealed interface OnContainer extends Action {
    ContainerRef container();
  }

  record CreateNetwork(NetworkSpec spec) implements Action {
    @Override
    public String text() {
      return "create network " + spec.name();
    }
  }

  record RemoveNetwork(String name, String id) implements Action {
    @Override
    public String text() {
      return "remove network " + name;
    }
  }

  record ConnectNetwork(ContainerRef container, EndpointSpec endpoint) implements OnContainer {
    @Override
    public String text() {
      return "connect " + container + " to network " + endpoint.network();
    }
  }

  record DisconnectNetwork(ContainerRef container, String network) implements OnContainer {
    @Override
    public String text() {
      return "disconnect " + container + " from network " + network;
    }
  }

  record CreateVolume(VolumeSpec spec) implements Action {
    @Override
    public String text() {
      return "create volume " + spec.name();
    }
  }

  record RemoveVolume(String name) implements Action {
    @Override
    public String text() {
      return "remove volume " + name;
    }
  }

  record PullImage(String reference, @Nullable String platform) implements Action {
    @Override
    public String text() {
      return "pull image " + reference;
    }
  }

  /** Builds the image of a service. */
  record BuildImage(BuildSpec spec) implements Action {
    @Override
    public String text() {
      return "build image " + spec.image();
    }
  }

  record PushImage(String reference) implements Action {
    @Override
    public String text() {
      return "push image " + reference;
    }
  }

  record RemoveImage(String reference) implements Action {
    @Override
    public String text() {
      return "remove image " + reference;
    }
  }

  /**
   * Makes a container.
   *
   * @param container as it is called in the end
   * @param spec has another name while an old container still has the right one
   * @param replaces the container whose place it takes
   */
  record CreateContainer(
      ContainerRef container, ContainerSpec spec, @Nullable ContainerRef replaces)
      implements OnContainer {
    @Override
    public String text() {
      return "create container "
          + container
          + (spec.name().equals(container.name()) ? "" : " as " + spec.name());
    }
  }

  record PutFiles(ContainerRef container, List<InjectedFile> files) implements OnContainer {
    public PutFiles {
      files = List.copyOf(files);
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("put ");
      for (int i = 0; i < files.size(); i++) {
        text.append(i == 0 ? "" : ", ").append(files.get(i).target());
      }
      return text.append(" into ").append(container).toString();
    }
  }

  /** Fails when the command ends with another code than 0. */
  record RunHook(ContainerRef container, ExecHook hook) implements OnContainer {
    @Override
    public String text() {
      return "run " + hook.name() + " in " + container + ": " + hook.request().command().getFirst();
    }
  }

  record StartContainer(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "start container " + container;
    }
  }

  record StopContainer(ContainerRef container, @Nullable Duration timeout) implements OnContainer {
    @Override
    public String text() {
      return "stop container " + container;
    }
  }

  record RestartContainer(ContainerRef container, @Nullable Duration timeout)
      implements OnContainer {
    @Override
    public String text() {
      return "restart container " + container;
    }
  }

  record KillContainer(ContainerRef container, String signal) implements OnContainer {
    @Override
    public String text() {
      return "send " + signal + " to container " + container;
    }
  }

  record PauseContainer(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "pause container " + container;
    }
  }

  record UnpauseContainer(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "unpause container " + container;
    }
  }

  /** Changes limits and the restart policy where the container is. */
  record UpdateContainer(ContainerRef container, Adjustable wanted) implements OnContainer {
    @Override
    public String text() {
      return "change limits and restart policy of container " + container;
    }
  }

  record RenameContainer(ContainerRef container, String newName) implements OnContainer {
    @Override
    public String text() {
      return "rename the container to " + newName;
    }
  }

  /**
   * Removes a container.
   *
   * @param force also when it runs
   * @param volumes with its anonymous volumes
   */
  record RemoveContainer(ContainerRef container, boolean force, boolean volumes)
      implements OnContainer {
    @Override
    public String text() {
      return (force ? "kill and remove container " : "remove container ")
          + container
          + (volumes ? " with its anonymous volumes" : "");
    }
  }

  /** Fails when the container becomes unhealthy or exits. */
  record AwaitHealthy(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "wait until " + container + " is healthy";
    }
  }

  /** Fails when the container ends before it has been up for this time. */
  record AwaitStable(ContainerRef container, Duration time) implements OnContainer {
    @Override
    public String text() {
      return "wait until " + container + " has stayed up for " + time.toMillis() / 1000.0 + " s";
    }
  }

  /**
   * Fails when a container of {@code pre_start} exits with another code than 0, with its output.
   */
  record AwaitHook(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "wait until " + container + " has done its part";
    }
  }

  /** Fails when the container exits with another code than 0. */
  record AwaitCompleted(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "wait until " + container + " has completed";
    }
  }

  /** Fails when the container does not run, or has a healthcheck and does not become healthy. */
  record AwaitUp(ContainerRef container) implements OnContainer {
    @Override
    public String text() {
      return "wait until " + container + " is up";
    }
  }
}
