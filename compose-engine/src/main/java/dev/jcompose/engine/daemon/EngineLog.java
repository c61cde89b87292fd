package dev.jcompose.engine.daemon;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code System.Logger} writes in this process: one line per message in the engine's log
 * file, with the stack trace below it. Before a file is set, warnings and errors go to standard
 * error. A provider of our own because the JDK's logging module costs a tenth of the engine's
 * start.
 */
public final class EngineLog extends System.LoggerFinder {
  private static volatile @Nullable FileChannel file;

  /** Called by the JDK's service loader. */
  public EngineLog() {}

  /** Sends everything from now on to a file, which is appended to. */
  static void to(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    String own = "dev.jcompose.engine.";
    return new LineLogger(name.startsWith(own) ? name.substring(own.length()) : name);
  }

  private record LineLogger(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      Level least = file == null ? Level.WARNING : Level.INFO;
      return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        StringWriter text = new StringWriter();
        text.append(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
            .append(' ')
            .append(level.getName())
            .append(' ')
            .append(name)
            .append(": ")
            .append(message)
            .append('\n');
        if (thrown != null) {
          thrown.printStackTrace(new PrintWriter(text, true));
        }
        write(text.toString());
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      String message =
          format == null || parameters == null || parameters.length == 0
              ? format
              : MessageFormat.format(format, parameters);
      log(level, bundle, message, (Throwable) null);
    }
  }

  // One write per message: appended lines of several threads never mix.
  private static void write(String text) {
    FileChannel target = file;
    try {
      if (target != null) {
        target.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return;
      }
    } catch (IOException e) {
      System.err.println("the engine's log cannot be written: " + e.getMessage());
    }
    System.err.print(text);
  }
}
