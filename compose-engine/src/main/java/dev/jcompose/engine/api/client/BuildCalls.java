package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.build.ImageBuild;

/** Calls about builds. */
public final class BuildCalls {
  private final EngineClient client;

  BuildCalls(EngineClient client) {
    this.client = client;
  }

  /**
   * Has a jcompose engine of this machine build an image; the lines are {@link
   * dev.jcompose.engine.api.build.BuildEvent}s. Closing them gives the build up.
   */
  public JsonLines build(ImageBuild build) {
    return client.lines("POST", Query.path("jcompose", "build"), build);
  }
}
