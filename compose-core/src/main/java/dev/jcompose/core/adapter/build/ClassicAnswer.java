package dev.jcompose.core.adapter.build;

import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.build.LastOutput;
import dev.jcompose.engine.build.stage.UnusedArguments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Docker's first builder tells: one text, in which the steps follow each other, as
 * events of steps.
 */
final class ClassicAnswer {
  private static final Pattern STEP = Pattern.compile("Step (\\d+)/(\\d+) : (.*)", Pattern.DOTALL);
  private static final Pattern RUNNING = Pattern.compile(" ---> Running in [0-9a-f]+\n");
  private static final Pattern REMOVING =
      Pattern.compile("Removing intermediate container [0-9a-f]+\n");
  private static final Pattern LAYER = Pattern.compile(" ---> [0-9a-f]+\n");
  private static final Pattern UNUSED =
      Pattern.compile("\\[Warning] One or more build-args \\[(.*)] were not consumed\n");
  private static final Pattern WARNING = Pattern.compile("(?: ---> )?\\[Warning] (.*)\n");
  private static final Pattern FAILED_RUN =
      Pattern.compile("The command '(.*)' returned a non-zero code: \\d+", Pattern.DOTALL);
  private static final String CACHED = " ---> Using cache\n";

  /** How the builder marks what a command wrote to standard error. */
  private static final String ERROR_BEGIN = "\u001b[91m";

  private static final String ERROR_END = "\u001b[0m";

  private final String service;
  private final StepPlaces places;
  private final Consumer<BuildEvent> events;
  private final LongSupplier clock;

  /** Number of the current step's events; of the last one between steps. */
  private int step;

  private int number;
  private String text = "";
  private boolean open;
  private boolean headed;
  private boolean running;
  private boolean failed;
  private String image = "";
  private LastOutput output = new LastOutput();

  /**
   * @param steps how many steps have been told already
   * @param clock milliseconds since 1970
   */
  ClassicAnswer(
      String service,
      int steps,
      StepPlaces places,
      Consumer<BuildEvent> events,
      LongSupplier clock) {
    this.service = service;
    this.step = steps;
    this.places = places;
    this.events = events;
    this.clock = clock;
  }

  void take(JsonObject line) {
    String error = line.string("error");
    String id = line.object("aux").string("ID");
    String stream = line.string("stream");
    String status = line.string("status");
    if (!error.isEmpty()) {
      fail(error, line.object("errorDetail").integer("code"));
    } else if (!id.isEmpty()) {
      image = id;
      endStep();
    } else if (!stream.isEmpty()) {
      take(stream);
    } else if (!status.isEmpty() && line.object("progressDetail").number("total") == 0) {
      String layer = line.string("id");
      say(false, (layer.isEmpty() ? status : layer + ": " + status) + "\n");
    }
  }

  private void take(String said) {
    Matcher header = STEP.matcher(said);
    if (header.matches() && header.group(1).equals(Integer.toString(number + 1))) {
      begin(header.group(2), header.group(3));
      return;
    }
    boolean first = headed;
    headed = false;
    if (first && said.equals("\n")) {
      return;
    }
    if (!open) {
      between(said);
    } else if (!running && said.equals(CACHED)) {
      events.accept(new BuildEvent.Cached(step));
    } else if (!running && RUNNING.matcher(said).matches()) {
      running = true;
    } else if (running && REMOVING.matcher(said).matches()) {
      running = false;
    } else if (running || !LAYER.matcher(said).matches()) {
      output(said);
    }
  }

  /** What is said before the first step and after the last one of a stage. */
  private void between(String said) {
    Matcher unused = UNUSED.matcher(said);
    Matcher warning = WARNING.matcher(said);
    if (unused.matches()) {
      String sentence = UnusedArguments.warning(List.of(unused.group(1).split(" ")));
      if (sentence != null) {
        events.accept(new BuildEvent.Warning(sentence));
      }
    } else if (warning.matches()) {
      events.accept(new BuildEvent.Warning(warning.group(1)));
    } else if (!said.startsWith("Successfully ")) {
      events.accept(new BuildEvent.Output(step, false, said, clock.getAsLong()));
    }
  }

  private void begin(String steps, String instruction) {
    endStep();
    step++;
    number++;
    text = instruction;
    open = true;
    headed = true;
    running = false;
    output = new LastOutput();
    String line = instruction.lines().findFirst().orElse("");
    String name = "[%s %d/%s] %s".formatted(service, number, steps, line);
    events.accept(new BuildEvent.Begin(step, name, clock.getAsLong()));
  }

  private void output(String said) {
    Matcher warning = WARNING.matcher(said);
    if (said.startsWith(" ---> ") && warning.matches()) {
      events.accept(new BuildEvent.Warning(warning.group(1)));
      return;
    }
    boolean error = said.startsWith(ERROR_BEGIN) && said.endsWith(ERROR_END);
    say(
        error,
        error ? said.substring(ERROR_BEGIN.length(), said.length() - ERROR_END.length()) : said);
  }

  private void say(boolean error, String said) {
    if (open) {
      output.add(ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8)));
      events.accept(new BuildEvent.Output(step, error, said, clock.getAsLong()));
    }
  }

  private void endStep() {
    if (open) {
      open = false;
      events.accept(new BuildEvent.Done(step, clock.getAsLong()));
    }
  }

  private void fail(String error, int code) {
    failed = true;
    Matcher run = FAILED_RUN.matcher(error);
    String message =
        run.matches() && code != 0
            ? "process \"%s\" did not complete successfully: exit code: %d"
                .formatted(run.group(1), code)
            : error;
    String quoted = places.quote(open ? number : 0, text, message);
    if (open) {
      open = false;
      events.accept(new BuildEvent.Failed(step, quoted));
    }
    String all = code == 0 ? quoted : LastOutput.below(quoted, output.text());
    events.accept(new BuildEvent.Broken(all, code, "", "", ""));
  }

  /** There are no more lines. */
  void end(List<String> tags) {
    if (!failed && !image.isEmpty()) {
      endStep();
      events.accept(new BuildEvent.Built(image, tags));
    }
  }
}
