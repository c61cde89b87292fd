package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.LoginException;
import dev.jcompose.engine.api.transport.UnreadableBodyException;
import dev.jcompose.engine.build.check.CheckReport;
import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.build.check.Checks;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.fetch.Contexts;
import dev.jcompose.engine.build.source.DockerfileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds through {@code POST /build}, which every Docker engine answers with its first builder
 * without a session of BuildKit. The Dockerfile is read and looked at here, so that its mistakes
 * and warnings are the same as with the own engine.
 */
final class ClassicBuilder implements Builder {
  private final EngineClient client;
  private final Credentials credentials;
  private final LongSupplier clock;

  /**
   * @param clock milliseconds since 1970
   */
  ClassicBuilder(EngineClient client, Credentials credentials, LongSupplier clock) {
    this.client = client;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public void build(BuildSpec spec, Consumer<BuildEvent> events) {
    BuildKitOnly.refuse(spec);
    BuildKitOnly.warnings(spec.args())
        .forEach(warning -> events.accept(new BuildEvent.Warning(warning)));
    try {
      warnOfAbsentCaches(spec, events);
      if (Contexts.isRemote(spec.context())) {
        String dockerfile = spec.dockerfile();
        Query query =
            ClassicQuery.of(
                spec, dockerfile == null ? "" : dockerfile, spec.context(), spec.args());
        send(spec, query, Logins.all(credentials), null, StepPlaces.UNKNOWN, events);
      } else {
        ofFolder(spec, events);
      }
    } catch (DockerfileException | IOException | UnreadableBodyException e) {
      events.accept(broken(String.valueOf(e.getMessage())));
    } catch (LoginException e) {
      throw new EngineException(Reason.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static BuildEvent.Broken broken(String message) {
    return new BuildEvent.Broken(message, 0, "", "", "");
  }

  private void ofFolder(BuildSpec spec, Consumer<BuildEvent> events) throws IOException {
    String name = LocalDockerfile.name(spec);
    LocalDockerfile file;
    Dockerfile dockerfile;
    begin(1, spec, "load build definition from " + name, events);
    try {
      file = LocalDockerfile.of(spec);
      dockerfile = file.parsed(name);
      BuildKitOnly.refuse(dockerfile);
    } catch (DockerfileException | IOException e) {
      events.accept(new BuildEvent.Failed(1, String.valueOf(e.getMessage())));
      throw e;
    }
    events.accept(new BuildEvent.Done(1, clock.getAsLong()));
    SentContext context = SentContext.of(Path.of(spec.context()), file);
    Automatic automatic = Automatic.of(client, spec, dockerfile);
    String end = check(spec, dockerfile, context, automatic, events);
    if (end != null) {
      events.accept(broken(end));
    } else if (spec.checkOnly()) {
      events.accept(new BuildEvent.Built("", List.of()));
    } else {
      Map<String, String> arguments = automatic.with(spec.args());
      send(
          spec,
          ClassicQuery.of(spec, context.dockerfile(), "", arguments),
          Logins.of(credentials, dockerfile, arguments, spec.caching().from()),
          context,
          StepPlaces.of(dockerfile),
          events);
    }
  }

  /** Tells what the checks find; the result is why the build ends here, null when it goes on. */
  private @Nullable String check(
      BuildSpec spec,
      Dockerfile dockerfile,
      SentContext context,
      Automatic automatic,
      Consumer<BuildEvent> events) {
    String frontend = Checks.otherFrontend(dockerfile, spec.args());
    if (frontend != null) {
      events.accept(new BuildEvent.Warning(frontend));
    }
    CheckReport report =
        Checks.run(
            dockerfile,
            new CheckRequest(
                spec.args(),
                automatic.values(),
                Set.of(),
                context.rules(),
                new EngineBases(client)));
    return report.tell(spec.checkOnly(), warning -> events.accept(new BuildEvent.Warning(warning)));
  }

  /** The builder passes over images it has not, and says nothing. */
  private void warnOfAbsentCaches(BuildSpec spec, Consumer<BuildEvent> events) {
    for (String image : spec.caching().from()) {
      try {
        client.images().inspect(image);
      } catch (ApiException refused) {
        if (refused.status() != 404) {
          throw refused;
        }
        events.accept(
            new BuildEvent.Warning(
                "cache_from: the engine has no image " + image + " to look steps up in; pull it"));
      }
    }
  }

  private void send(
      BuildSpec spec,
      Query query,
      List<String> headers,
      @Nullable SentContext context,
      StepPlaces places,
      Consumer<BuildEvent> events)
      throws IOException {
    int step = context == null ? 1 : 2;
    String what = context == null ? "load " + spec.context() : "send build context";
    begin(step, spec, what, events);
    try (InputStream archive = context == null ? InputStream.nullInputStream() : context.open();
        JsonLines lines = client.builds().classic(query, headers, archive)) {
      events.accept(new BuildEvent.Done(step, clock.getAsLong()));
      ClassicAnswer answer = new ClassicAnswer(spec.service(), step, places, events, clock);
      for (JsonObject line = lines.next(); line != null; line = lines.next()) {
        answer.take(line);
      }
      answer.end(spec.tags());
    } catch (UnreadableBodyException e) {
      String message = "could not send the build context: " + e.reason().getMessage();
      events.accept(new BuildEvent.Failed(step, message));
      events.accept(broken(message));
    } catch (ApiException refused) {
      String message = places.quote(LocalDockerfile.name(spec), refused);
      events.accept(new BuildEvent.Failed(step, message));
      events.accept(broken(message));
    }
  }

  private void begin(int step, BuildSpec spec, String what, Consumer<BuildEvent> events) {
    String name = "[" + spec.service() + " internal] " + what;
    events.accept(new BuildEvent.Begin(step, name, clock.getAsLong()));
  }
}
