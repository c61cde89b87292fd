package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.build.ImageBuild;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.ContextSource;
import dev.jcompose.engine.build.cache.CacheEntry;
import dev.jcompose.engine.build.fetch.Contexts;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Moments;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Builds, between the wire and the builder. */
public final class BuildViews {
  private BuildViews() {}

  /** What a client on this machine asks for. */
  public static BuildRequest request(ImageBuild build) {
    String inline = build.inline();
    BuildRequest.DockerfileSource source =
        inline != null
            ? new BuildRequest.DockerfileSource.Inline(inline)
            : Contexts.isRemote(build.context())
                ? new BuildRequest.DockerfileSource.InContext(build.dockerfile())
                : new BuildRequest.DockerfileSource.File(
                    absolute("Dockerfile", build.dockerfile()));
    Map<String, byte[]> secrets = new HashMap<>();
    build.secrets().forEach((id, text) -> secrets.put(id, decoded(id, text)));
    Map<String, Path> agents = new HashMap<>();
    build.ssh().forEach((id, path) -> agents.put(id, absolute("ssh." + id, path)));
    ImageBuild.Sandbox sandbox = build.sandbox();
    return new BuildRequest(
        build.title(),
        context(build.context()),
        source,
        build.args(),
        build.contexts(),
        build.target(),
        build.labels(),
        build.tags(),
        new BuildRequest.Caching(
            build.noCache(),
            Set.copyOf(build.noCacheFilter()),
            build.pull(),
            build.cacheFrom(),
            build.cacheTo()),
        new BuildRequest.SandboxOptions(
            sandbox.network(),
            sandbox.extraHosts(),
            sandbox.shmBytes(),
            sandbox.ulimits(),
            Limits.ofMemory(sandbox.memoryBytes()),
            sandbox.privileged(),
            Set.copyOf(sandbox.entitlements()),
            sandbox.keepFailed()),
        secrets,
        agents,
        Credentials.NONE,
        build.platform(),
        build.checkOnly());
  }

  private static ContextSource context(String text) {
    return Contexts.isRemote(text)
        ? new ContextSource.Remote(text)
        : new ContextSource.Folder(absolute("Context", text));
  }

  private static Path absolute(String what, String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw HttpProblem.badRequest(what + ": \"" + text + "\" is not an absolute path");
    }
    return path;
  }

  private static byte[] decoded(String id, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("secret " + id + " is not base 64");
    }
  }

  /** Something builds keep, as disk usage lists it. */
  public static JsonObject view(CacheEntry entry) {
    return JsonObject.builder()
        .put("ID", entry.id())
        .put("Type", entry.kind().wireName())
        .put("Description", entry.description())
        .put("InUse", entry.inUse())
        .put("Shared", entry.shared())
        .put("Size", entry.size())
        .put("CreatedAt", Moments.stamp(entry.created()))
        .put("LastUsedAt", Moments.stamp(entry.lastUsed()))
        .build();
  }

  /** A failure as a client on this machine hears it. */
  public static BuildEvent broken(BuildException failure) {
    BuildException.FailedRun run = failure.run();
    return new BuildEvent.Broken(
        String.valueOf(failure.getMessage()),
        failure.exitCode(),
        run == null ? "" : run.imageId(),
        run == null ? "" : run.workingDirectory(),
        run == null ? "" : run.user());
  }
}
