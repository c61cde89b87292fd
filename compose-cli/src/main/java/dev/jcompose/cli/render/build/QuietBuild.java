package dev.jcompose.cli.render.build;

import dev.jcompose.core.port.build.BuildNews;
import java.io.PrintStream;

/** Only warnings. */
final class QuietBuild implements BuildDisplay {
  private final PrintStream err;

  QuietBuild(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void news(String service, BuildNews news) {
    if (news instanceof BuildNews.Warning warning) {
      err.println("Warning: " + service + ": " + warning.text());
    }
  }

  @Override
  public void close() {
    err.flush();
  }
}
