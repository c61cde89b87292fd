package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.BuildResult;
import dev.jcompose.engine.build.ContextSource;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A folder to build from, and what the builds of it told. */
final class BuildLab {
  final TestEngine engine;
  final Path context;
  final Map<String, String> args = new HashMap<>();
  final Map<String, String> contexts = new HashMap<>();
  final Map<String, byte[]> secrets = new HashMap<>();
  BuildRequest.Caching caching = BuildRequest.Caching.LOCAL;
  BuildRequest.SandboxOptions sandbox = BuildRequest.SandboxOptions.DEFAULT;
  String target = "";
  String platform = "";

  BuildLab(TestEngine engine, Path context) {
    this.engine = engine;
    this.context = context;
  }

  BuildLab file(String name, String content) throws IOException {
    Path file = context.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** What one build told. */
  static final class Log implements BuildProgress {
    final List<String> steps = new ArrayList<>();
    final Set<String> cached = new java.util.TreeSet<>();
    final StringBuilder output = new StringBuilder();
    final List<String> warnings = new ArrayList<>();

    @Override
    public synchronized int begin(String name) {
      steps.add(name);
      return steps.size();
    }

    @Override
    public synchronized void cached(int step) {
      cached.add(steps.get(step - 1));
    }

    @Override
    public synchronized void output(int step, boolean error, ByteBuffer bytes) {
      output.append(UTF_8.decode(bytes.duplicate()));
    }

    @Override
    public void done(int step) {}

    @Override
    public void failed(int step, String message) {}

    @Override
    public synchronized void canceled(int step) {
      steps.add("canceled " + steps.get(step - 1));
    }

    @Override
    public synchronized void warning(String text) {
      warnings.add(text);
    }
  }

  Log log = new Log();

  /** Builds what this Dockerfile says. */
  Image build(String dockerfile, String... tags) throws BuildException, InterruptedException {
    return build(
        new ContextSource.Folder(context),
        new BuildRequest.DockerfileSource.Inline(dockerfile),
        tags);
  }

  /** Builds what the Dockerfile says that is elsewhere. */
  Image buildRemote(String address) throws BuildException, InterruptedException {
    return build(
        new ContextSource.Remote(address),
        new BuildRequest.DockerfileSource.InContext("Dockerfile"));
  }

  private Image build(
      ContextSource source, BuildRequest.DockerfileSource dockerfile, String... tags)
      throws BuildException, InterruptedException {
    log = new Log();
    BuildResult result =
        engine.parts.builds.build(
            new BuildRequest(
                "",
                source,
                dockerfile,
                args,
                contexts,
                target,
                Map.of(),
                List.of(tags),
                caching,
                sandbox,
                secrets,
                Map.of(),
                Credentials.NONE,
                platform,
                false),
            log);
    try {
      return engine.parts.images.resolve(result.imageId());
    } catch (dev.jcompose.engine.image.ImageException e) {
      throw new AssertionError(e);
    }
  }

  /** What a shell line prints in a container of the image. */
  String run(Image image, String line) throws Exception {
    TestEngine.Finished end =
        engine.run(
            ContainerSpec.ofImage(image.id())
                .withProcess(ProcessSettings.NONE.withCommand("/bin/sh", "-c", line))
                .withNetwork(NetworkSettings.DEFAULT.withNetworks("none", Map.of())));
    return end.output().stripTrailing();
  }
}
