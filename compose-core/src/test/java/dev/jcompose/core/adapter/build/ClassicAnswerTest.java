package dev.jcompose.core.adapter.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.build.parse.DockerfileParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines are those of dockerd 20.10. */
class ClassicAnswerTest {
  private final List<BuildEvent> events = new ArrayList<>();

  private List<BuildEvent> read(String dockerfile, JsonObject... lines) {
    StepPlaces places = StepPlaces.of(DockerfileParser.parse("Dockerfile", dockerfile));
    ClassicAnswer answer = new ClassicAnswer("app", 2, places, events::add, () -> 5);
    for (JsonObject line : lines) {
      answer.take(line);
    }
    answer.end(List.of("app:latest"));
    return events;
  }

  private static JsonObject said(String text) {
    return JsonObject.builder().put("stream", text).build();
  }

  private static JsonObject image(String id) {
    return JsonObject.builder().put("aux", JsonObject.builder().put("ID", id).build()).build();
  }

  private static JsonObject failure(String message, int code) {
    return JsonObject.builder()
        .put("errorDetail", JsonObject.builder().putUnlessEmpty("code", code).build())
        .put("error", message)
        .build();
  }

  @Test
  void stepsBeginWriteAndEnd() {
    assertThat(
            read(
                "FROM base\nRUN make \\\n  all\n",
                said("Step 1/2 : FROM base"),
                said("\n"),
                said(" ---> de593b5bbc6d\n"),
                said("Step 2/2 : RUN make   all"),
                said("\n"),
                said(" ---> Running in a95ab5e5a65a\n"),
                said("hello\nno end"),
                said("\u001b[91mbad\n\u001b[0m"),
                said("Removing intermediate container a95ab5e5a65a\n"),
                said(" ---> c5b7c93e3135\n"),
                image("sha256:c5b7"),
                said("[Warning] One or more build-args [A B] were not consumed\n"),
                said("Successfully built c5b7c93e3135\n"),
                said("Successfully tagged app:latest\n")))
        .containsExactly(
            new BuildEvent.Begin(3, "[app 1/2] FROM base", 5),
            new BuildEvent.Done(3, 5),
            new BuildEvent.Begin(4, "[app 2/2] RUN make   all", 5),
            new BuildEvent.Output(4, false, "hello\nno end", 5),
            new BuildEvent.Output(4, true, "bad\n", 5),
            new BuildEvent.Done(4, 5),
            new BuildEvent.Warning("build arguments that no ARG declares: A, B"),
            new BuildEvent.Built("sha256:c5b7", List.of("app:latest")));
  }

  @Test
  void whatIsInTheCacheIsToldOf() {
    assertThat(
            read(
                "FROM base\nENV A=b\n",
                said("Step 1/2 : FROM base"),
                said("\n"),
                said(" ---> de593b5bbc6d\n"),
                said("Step 2/2 : ENV A=b"),
                said("\n"),
                said(" ---> Using cache\n"),
                said(" ---> 5795ede6ba96\n"),
                image("sha256:5795")))
        .contains(new BuildEvent.Cached(4));
  }

  @Test
  void whatACommandWritesIsNeverTakenForTheBuilder() {
    assertThat(
            read(
                "FROM base\nRUN x\n",
                said("Step 1/2 : FROM base"),
                said("\n"),
                said("Step 2/2 : RUN x"),
                said("\n"),
                said(" ---> Running in a95ab5e5a65a\n"),
                said(" ---> Using cache\n"),
                said("Step 1/2 : FROM base"),
                said("\n"),
                said(" ---> 5795ede6ba96\n")))
        .endsWith(
            new BuildEvent.Output(4, false, " ---> Using cache\n", 5),
            new BuildEvent.Output(4, false, "Step 1/2 : FROM base", 5),
            new BuildEvent.Output(4, false, "\n", 5),
            new BuildEvent.Output(4, false, " ---> 5795ede6ba96\n", 5));
  }

  @Test
  void aCommandThatFailsHasItsPlaceItsCodeAndItsOutput() {
    List<BuildEvent> told =
        read(
            "ARG A\nFROM base\nRUN echo x; exit 3\n",
            said("Step 1/4 : ARG A"),
            said("\n"),
            said("Step 2/4 : FROM base"),
            said("\n"),
            said("Step 3/4 : RUN echo x; exit 3"),
            said("\n"),
            said(" ---> Running in a95ab5e5a65a\n"),
            said("x\n"),
            said("Removing intermediate container a95ab5e5a65a\n"),
            failure("The command '/bin/sh -c echo x; exit 3' returned a non-zero code: 3", 3));
    assertThat(told.getLast())
        .isEqualTo(
            new BuildEvent.Broken(
                """
                Dockerfile:3: process "/bin/sh -c echo x; exit 3" did not complete successfully: exit code: 3
                --------------------
                   1 |     ARG A
                   2 |     FROM base
                   3 | >>> RUN echo x; exit 3
                --------------------
                Its last output:
                  x\
                """,
                3,
                "",
                "",
                ""));
  }

  @Test
  void theBuildersOwnSentenceIsPassedOnWithThePlaceOfItsStep() {
    JsonObject error = failure("no such thing", 0);
    assertThat(
            read(
                    "FROM base\nCOPY x /\n",
                    said("Step 1/3 : FROM base"),
                    said("\n"),
                    said("Step 2/3 : COPY x /"),
                    said("\n"),
                    error)
                .getLast())
        .isInstanceOfSatisfying(
            BuildEvent.Broken.class,
            broken -> assertThat(broken.message()).startsWith("Dockerfile:2: no such thing\n---"));
    events.clear();
    // The labels of a build are a step that stands nowhere.
    assertThat(
            read("FROM base\n", said("Step 1/2 : FROM base"), said("Step 2/2 : LABEL a=b"), error)
                .getLast())
        .isEqualTo(new BuildEvent.Broken("no such thing", 0, "", "", ""));
  }

  @Test
  void anAnswerThatBreaksOffIsNoImage() {
    assertThat(read("FROM base\n", said("Step 1/2 : FROM base")))
        .containsExactly(new BuildEvent.Begin(3, "[app 1/2] FROM base", 5));
  }

  @Test
  void whatTheBuilderSaysOfALineIsSaidWithThatLine() {
    StepPlaces places =
        StepPlaces.of(DockerfileParser.parse("Dockerfile", "FROM base\nUSER \\\n  me\n"));
    ApiException refused = new ApiException(400, "dockerfile parse error line 3: no such user");
    assertThat(places.quote("Dockerfile", refused))
        .startsWith("Dockerfile:2: no such user\n---")
        .contains("2 | >>> USER");
    assertThat(StepPlaces.UNKNOWN.quote("Dockerfile", refused))
        .isEqualTo("Dockerfile: " + refused.getMessage());
  }

  @Test
  void whatIsSaidBetweenTheStepsIsNotLost() {
    assertThat(
            read(
                "FROM base\n",
                said("a word before\n"),
                said("Step 1/1 : FROM base"),
                image("sha256:1"),
                said("[Warning] One or more build-args [HTTP_PROXY] were not consumed\n"),
                said("Successfully built 1\n")))
        .containsExactly(
            new BuildEvent.Output(2, false, "a word before\n", 5),
            new BuildEvent.Begin(3, "[app 1/1] FROM base", 5),
            new BuildEvent.Done(3, 5),
            new BuildEvent.Built("sha256:1", List.of("app:latest")));
  }
}
