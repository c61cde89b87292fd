package dev.jcompose.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.container.stream.StreamKind;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("json.log");
  }

  private LogFile log(LogLimits limits) {
    LogFile log = new LogFile(file(), limits, Map.of(), Clock.systemUTC());
    log.begin();
    return log;
  }

  private static void out(LogFile log, String text) {
    log.append(StreamKind.STDOUT, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static List<String> texts(LogFile log, LogQuery query) throws InterruptedException {
    List<String> all = new ArrayList<>();
    try (LogReader reader = log.read(query)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        all.add(UTF_8.decode(entry.text()).toString());
      }
    }
    return all;
  }

  private static LogQuery tail(int lines) {
    return new LogQuery(true, true, lines, null, null, false);
  }

  @Test
  void writesDockersLineFormat() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.000000600Z"), ZoneOffset.UTC);
    LogFile log = new LogFile(file(), LogLimits.DEFAULT, Map.of("tier", "web"), clock);
    log.begin();
    out(log, "a \"<b>\\\t\u2028é\n");
    assertThat(Files.readString(file()))
        .isEqualTo(
            "{\"log\":\"a \\\"\\u003cb\\u003e\\\\\\t\\u2028é\\n\",\"stream\":\"stdout\","
                + "\"attrs\":{\"tier\":\"web\"},\"time\":\"2026-01-02T03:04:05.0000006Z\"}\n");
    assertThat(texts(log, LogQuery.ALL)).containsExactly("a \"<b>\\\t\u2028é\n");
  }

  @Test
  void keepsTheUnfinishedLastLineWhenTheRunEnds() throws Exception {
    LogFile log = log(LogLimits.DEFAULT);
    out(log, "one\ntwo");
    assertThat(texts(log, LogQuery.ALL)).containsExactly("one\n");
    log.end();
    assertThat(texts(log, LogQuery.ALL)).containsExactly("one\n", "two");
  }

  @Test
  void cutsALongLineIntoPartsWithOneTimeAndNeverInsideACharacter() throws Exception {
    LogFile log = log(LogLimits.DEFAULT);
    out(log, "x" + "é".repeat(20_000) + "\n");
    List<LogEntry> entries = new ArrayList<>();
    try (LogReader reader = log.read(LogQuery.ALL)) {
      for (LogEntry e = reader.next(); e != null; e = reader.next()) {
        entries.add(e);
      }
    }
    assertThat(entries).hasSizeGreaterThan(2);
    assertThat(entries.stream().map(LogEntry::time).distinct()).hasSize(1);
    StringBuilder all = new StringBuilder();
    entries.forEach(e -> all.append(UTF_8.decode(e.text())));
    assertThat(all.toString()).isEqualTo("x" + "é".repeat(20_000) + "\n");
  }

  @Test
  void replacesBytesThatAreNoText() throws Exception {
    LogFile log = log(LogLimits.DEFAULT);
    log.append(
        StreamKind.STDERR,
        ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xe2, '\n'}));
    assertThat(texts(log, LogQuery.ALL)).containsExactly("a\ufffd\ufffdb\ufffd\n");
  }

  @Test
  void tailCountsLinesAcrossRotatedFiles() throws Exception {
    LogFile log = log(new LogLimits(300, 3));
    for (int i = 0; i < 20; i++) {
      out(log, "line " + i + "\n");
    }
    assertThat(directory.resolve("json.log.2")).exists();
    assertThat(directory.resolve("json.log.3")).doesNotExist();
    assertThat(texts(log, tail(2))).containsExactly("line 18\n", "line 19\n");
    assertThat(texts(log, tail(6))).startsWith("line 14\n").hasSize(6);
    assertThat(texts(log, tail(0))).isEmpty();
    assertThat(texts(log, tail(1000))).endsWith("line 19\n").hasSizeBetween(7, 13);
  }

  @Test
  void picksStreamsAndTimes() throws Exception {
    LogFile log = log(LogLimits.DEFAULT);
    out(log, "o\n");
    log.append(StreamKind.STDERR, ByteBuffer.wrap("e\n".getBytes(UTF_8)));
    assertThat(texts(log, new LogQuery(false, true, -1, null, null, false))).containsExactly("e\n");
    Instant later = Instant.now().plusSeconds(60);
    assertThat(texts(log, new LogQuery(true, true, -1, later, null, false))).isEmpty();
    Instant before = Instant.now().minusSeconds(60);
    assertThat(texts(log, new LogQuery(true, true, -1, null, before, false))).isEmpty();
  }

  @Test
  void followsAcrossRotationsUntilTheRunEndsAndLosesNothing() throws Exception {
    LogFile log = log(new LogLimits(2_000, 4));
    out(log, "first\n");
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    LogReader reader = log.read(new LogQuery(true, true, -1, null, null, true));
    Thread follower =
        Thread.startVirtualThread(
            () -> {
              try {
                for (LogEntry e = reader.next(); e != null; e = reader.next()) {
                  seen.add(UTF_8.decode(e.text()).toString());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    for (int i = 0; i < 300; i++) {
      out(log, "n" + i + "\n");
      if (i % 50 == 0) {
        // Three old files hold about 75 lines: what a reader is behind by more is really gone.
        int written = i + 2;
        await().until(() -> seen.size() == written);
      }
    }
    out(log, "last");
    log.end();
    assertThat(follower.join(Duration.ofSeconds(5))).isTrue();
    assertThat(seen).startsWith("first\n").endsWith("n299\n", "last").hasSize(302);
  }

  @Test
  void closingAReaderWakesIt() throws Exception {
    LogFile log = log(LogLimits.DEFAULT);
    out(log, "x\n");
    LogReader reader = log.read(new LogQuery(true, true, 0, null, null, true));
    List<Object> results = Collections.synchronizedList(new ArrayList<>());
    Thread.startVirtualThread(
        () -> {
          try {
            LogEntry entry = reader.next();
            results.add(entry == null ? "end" : entry);
          } catch (InterruptedException e) {
            results.add(e);
          }
        });
    reader.close();
    await().untilAsserted(() -> assertThat(results).containsExactly("end"));
  }

  @Test
  void goesOnAfterALineCutByACrash() throws Exception {
    Files.writeString(file(), "{\"log\":\"whole\\n\",\"stream\":\"stdout\"}\n{\"log\":\"ha");
    LogFile log = log(LogLimits.DEFAULT);
    out(log, "next\n");
    assertThat(texts(log, LogQuery.ALL)).containsExactly("whole\n", "next\n");
  }
}
