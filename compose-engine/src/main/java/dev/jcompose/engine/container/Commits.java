package dev.jcompose.engine.container;

import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.image.Image;
import java.io.IOException;
import java.util.List;

/** Makes images of containers. */
public interface Commits {
  /**
   * What is wanted.
   *
   * @param container id, name or beginning of an id
   * @param name the new image's; empty for none
   * @param author empty for none
   * @param message the comment in its history
   * @param changes Dockerfile instructions that set what containers of the image get
   * @param pause freeze the container meanwhile, if it runs
   * @param settings what the client asks for instead of what the container was asked for; its image
   *     is ignored
   */
  record Request(
      String container,
      String name,
      String author,
      String message,
      List<String> changes,
      boolean pause,
      ContainerSpec settings) {
    public Request {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Makes an image: the container's own, one layer with what the container changed, and its
   * settings. Volumes and what the engine itself mounts are left out.
   *
   * @throws dev.jcompose.engine.EngineException.NotFound when there is no such container
   */
  Image commit(Request request) throws IOException;
}
