package dev.jcompose.cli.render.build;

import dev.jcompose.core.port.build.BuildNews;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Lines for files and pipes, as BuildKit's plain progress has them: each begins with the number of
 * its step, output with the seconds since the step began.
 */
final class PlainBuild implements BuildDisplay {
  private final PrintStream err;
  private final Steps steps = new Steps();
  private final Map<Integer, Long> began = new HashMap<>();
  private final Map<Integer, StringBuilder> unfinished = new HashMap<>();
  private final Map<Integer, Boolean> cached = new HashMap<>();
  private int last;

  PlainBuild(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void news(String service, BuildNews news) {
    switch (news) {
      case BuildNews.Begin begin -> {
        int step = steps.number(service, begin.step());
        began.put(step, begin.time());
        print(step, begin.name());
      }
      case BuildNews.Cached hit -> {
        int step = steps.number(service, hit.step());
        cached.put(step, true);
        print(step, "CACHED");
      }
      case BuildNews.Output output -> output(steps.number(service, output.step()), output);
      case BuildNews.Done done -> {
        int step = steps.number(service, done.step());
        flush(step, done.time());
        if (!cached.containsKey(step)) {
          print(step, "DONE " + seconds(step, done.time(), 1) + "s");
        }
      }
      case BuildNews.Failed failed -> {
        int step = steps.number(service, failed.step());
        flush(step, System.currentTimeMillis());
        print(step, "ERROR: " + failed.message().lines().findFirst().orElse(""));
      }
      case BuildNews.Canceled canceled -> print(steps.number(service, canceled.step()), "CANCELED");
      case BuildNews.Warning warning -> err.println("Warning: " + service + ": " + warning.text());
      case BuildNews.Kept _ -> {}
    }
  }

  private void output(int step, BuildNews.Output output) {
    StringBuilder text = unfinished.computeIfAbsent(step, key -> new StringBuilder());
    text.append(output.text());
    int start = 0;
    for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      line(step, text.substring(start, end), output.time());
      start = end + 1;
    }
    text.delete(0, start);
  }

  private void flush(int step, long time) {
    StringBuilder rest = unfinished.remove(step);
    if (rest != null && !rest.isEmpty()) {
      line(step, rest.toString(), time);
    }
  }

  private void line(int step, String text, long time) {
    // What a bar overwrote was never meant to stay.
    String shown = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    print(step, seconds(step, time, 3) + " " + shown.substring(shown.lastIndexOf('\r') + 1));
  }

  private String seconds(int step, long time, int digits) {
    long since = Math.max(0, time - began.getOrDefault(step, time));
    return String.format(Locale.ROOT, "%." + digits + "f", since / 1000.0);
  }

  private void print(int step, String text) {
    if (last != step && last != 0) {
      err.println();
    }
    last = step;
    err.println("#" + step + " " + text);
  }

  @Override
  public void close() {
    err.flush();
  }
}
