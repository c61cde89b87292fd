package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.plan.DownOptions;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.reconcile.EngineUnderTest;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProjectScope;
import dev.jcompose.core.reconcile.Reconciler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs the services of a Compose file on a real engine, one for all test classes, and reads what
 * their programs saw of their containers. What is up is taken down after each test.
 */
final class ServiceRun implements BeforeAllCallback, AfterEachCallback {
  private static final DownOptions EVERYTHING =
      new DownOptions(Set.of(), true, true, DownOptions.Images.NONE, Duration.ZERO);

  private Shared shared;

  private record Shared(Path root, EngineUnderTest engine) implements AutoCloseable {
    static Shared start() {
      try {
        Path root = Files.createTempDirectory("jcompose-it");
        return new Shared(root, EngineUnderTest.start(root));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws Exception {
      engine.close();
      new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ServiceRun.class))
            .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    reconciler().down(ProjectScope.named("it"), EVERYTHING);
  }

  Engine engine() {
    return shared.engine().engine();
  }

  /** Where relative paths of the Compose file lead. */
  Path directory() {
    return shared.root();
  }

  private Reconciler reconciler() {
    return new Reconciler(engine(), event -> {}, false);
  }

  Outcome tryUp(String yaml) throws ComposeException {
    return reconciler()
        .up(
            DesiredState.of(
                ProjectLoader.load(LoadRequest.ofText(directory(), "name: it\n" + yaml)).project()),
            UpOptions.DEFAULT);
  }

  void up(String yaml) throws ComposeException {
    assertThat(tryUp(yaml).failures()).isEmpty();
  }

  /** The output of a service that has these attributes and runs a shell script to its end. */
  String output(String attributes, String script) throws ComposeException {
    up(service(attributes, script));
    engine().awaitExit("it-box-1");
    return logs("it-box-1");
  }

  /** Why a service with these attributes does not come up. */
  String refusal(String attributes) {
    return refusal(attributes, "");
  }

  /** The same beside other sections of the file. */
  String refusal(String attributes, String sections) {
    try {
      List<Outcome.Failure> failures = tryUp(service(attributes, "true") + sections).failures();
      assertThat(failures).isNotEmpty();
      return failures.getFirst().text();
    } catch (ComposeException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  static String service(String attributes, String script) {
    return "services:\n  box:\n    image: jcompose/base\n    command:\n      - sh\n      - -c\n"
        + "      - |\n"
        + script.strip().replace("$", "$$").indent(8)
        + attributes.indent(4);
  }

  String logs(String container) {
    StringBuilder text = new StringBuilder();
    try (OutputReader reader =
        engine().logs(container, new LogRequest(false, false, null, null, null))) {
      for (Output output = reader.next(); output != null; output = reader.next()) {
        text.append(StandardCharsets.UTF_8.decode(output.bytes()));
      }
    }
    return text.toString();
  }

  /** What a shell line in a running container prints. */
  String exec(String container, String line) {
    StringBuilder text = new StringBuilder();
    try (ExecSession session =
        engine().exec(container, ExecRequest.of(List.of("sh", "-c", line)))) {
      for (Output output = session.next(); output != null; output = session.next()) {
        text.append(StandardCharsets.UTF_8.decode(output.bytes()));
      }
    }
    return text.toString();
  }
}
