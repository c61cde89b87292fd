package dev.jcompose.engine.http.routes.build;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.BuildResult;
import dev.jcompose.engine.http.ProgressStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a client what a build does as the first builder of Docker did: one text, in which the steps
 * follow each other. Steps that run at the same time take turns; each turn names its step.
 */
final class ClassicProgress implements BuildProgress {
  /** Only steps of stages are told, which are numbered: {@code [stage 2/3] RUN make}. */
  private static final Pattern STEP = Pattern.compile("\\[([^]]*\\d+/\\d+)] (.*)");

  private final ProgressStream lines;
  private final boolean quiet;
  private final Map<Integer, String> titles = new HashMap<>();
  private final Map<Integer, Utf8Pieces> texts = new HashMap<>();
  private int steps;
  private int turn;
  private boolean lineIsOpen;
  private boolean gone;

  /**
   * @param quiet whether only the image is told
   */
  ClassicProgress(ProgressStream lines, boolean quiet) {
    this.lines = lines;
    this.quiet = quiet;
  }

  @Override
  public synchronized int begin(String name) {
    steps++;
    Matcher step = STEP.matcher(name);
    if (step.matches()) {
      titles.put(steps, "Step " + step.group(1) + " : " + step.group(2) + "\n");
      turnTo(steps);
    }
    return steps;
  }

  @Override
  public synchronized void cached(int step) {
    if (turnTo(step)) {
      say(" ---> Using cache\n");
    }
  }

  @Override
  public synchronized void output(int step, boolean error, ByteBuffer bytes) {
    if (turnTo(step)) {
      String text = texts.computeIfAbsent(error ? -step : step, key -> new Utf8Pieces()).add(bytes);
      if (!text.isEmpty()) {
        say(text);
        lineIsOpen = !text.endsWith("\n");
      }
    }
  }

  @Override
  public void done(int step) {
    // What comes next says it.
  }

  @Override
  public void failed(int step, String message) {
    // The end of the build says it.
  }

  @Override
  public void canceled(int step) {
    // The end of the build says it.
  }

  @Override
  public synchronized void warning(String text) {
    endLine();
    say("[Warning] " + text + "\n");
  }

  /** The build has ended well. */
  synchronized void built(BuildResult result) {
    endLine();
    String id = result.imageId();
    if (quiet) {
      send("stream", id + "\n");
      return;
    }
    send("aux", JsonObject.builder().put("ID", id).build());
    say("Successfully built " + id.substring(id.indexOf(':') + 1).substring(0, 12) + "\n");
    result.tags().forEach(tag -> say("Successfully tagged " + tag + "\n"));
  }

  /** Whether the step is one that is told. */
  private boolean turnTo(int step) {
    String title = titles.get(step);
    if (title != null && turn != step) {
      endLine();
      say(title);
      turn = step;
    }
    return title != null;
  }

  private void endLine() {
    if (lineIsOpen) {
      say("\n");
      lineIsOpen = false;
    }
  }

  private void say(String text) {
    if (!quiet) {
      send("stream", text);
    }
  }

  /** When the client has gone nothing is sent, and that ends the build by itself. */
  private void send(String key, Object value) {
    if (!gone) {
      try {
        lines.send(JsonObject.builder().put(key, value).build());
      } catch (IOException e) {
        gone = true;
      }
    }
  }
}
