package dev.jcompose.engine.http.routes.build;

import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.build.BuildProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Tells a client on this machine what a build does, one event per line. */
final class EventProgress implements BuildProgress {
  private final OutputStream out;
  private final Map<String, Utf8Pieces> texts = new HashMap<>();
  private int steps;
  private boolean gone;

  EventProgress(OutputStream out) {
    this.out = out;
  }

  /** Sends an event; nothing happens when the client has gone, which ends the build by itself. */
  synchronized void send(BuildEvent event) {
    if (gone) {
      return;
    }
    byte[] json = Json.bytes(event);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    try {
      out.write(line);
    } catch (IOException e) {
      gone = true;
    }
  }

  @Override
  public synchronized int begin(String name) {
    steps++;
    send(new BuildEvent.Begin(steps, name, System.currentTimeMillis()));
    return steps;
  }

  @Override
  public void cached(int step) {
    send(new BuildEvent.Cached(step));
  }

  @Override
  public synchronized void output(int step, boolean error, ByteBuffer bytes) {
    String text =
        texts.computeIfAbsent(step + (error ? "e" : "o"), key -> new Utf8Pieces()).add(bytes);
    send(new BuildEvent.Output(step, error, text, System.currentTimeMillis()));
  }

  @Override
  public void done(int step) {
    send(new BuildEvent.Done(step, System.currentTimeMillis()));
  }

  @Override
  public void failed(int step, String message) {
    send(new BuildEvent.Failed(step, message));
  }

  @Override
  public void canceled(int step) {
    send(new BuildEvent.Canceled(step));
  }

  @Override
  public void warning(String text) {
    send(new BuildEvent.Warning(text));
  }
}
