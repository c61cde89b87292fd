package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.KeyValue;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.ImageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Dockerfile instructions applied to an image's settings without building anything. */
public final class ConfigChanges {
  private static final Lexer LEXER = new Lexer('\\');
  private static final List<String> USUAL_SHELL = List.of("/bin/sh", "-c");

  private final Map<String, String> env = new LinkedHashMap<>();
  private final Map<String, String> labels;
  private final Set<String> ports;
  private final Set<String> volumes;
  private final List<String> triggers;
  private String user;
  private String directory;
  private String stopSignal;
  private List<String> command;
  private List<String> entrypoint;
  private List<String> shell;
  private ImageConfig.@Nullable Healthcheck healthcheck;

  private ConfigChanges(ImageConfig config) {
    for (String entry : config.env()) {
      int equals = entry.indexOf('=');
      env.put(
          equals < 0 ? entry : entry.substring(0, equals),
          equals < 0 ? "" : entry.substring(equals + 1));
    }
    this.labels = new LinkedHashMap<>(config.labels());
    this.ports = new TreeSet<>(config.exposedPorts());
    this.volumes = new TreeSet<>(config.volumes());
    this.triggers = new ArrayList<>(config.onBuild());
    this.user = config.user();
    this.directory = config.workingDir();
    this.stopSignal = config.stopSignal();
    this.command = config.cmd();
    this.entrypoint = config.entrypoint();
    this.shell = config.shell();
    this.healthcheck = config.healthcheck();
  }

  /**
   * The settings after these instructions, each on its own: CMD, ENTRYPOINT, ENV, EXPOSE,
   * HEALTHCHECK, LABEL, ONBUILD, SHELL, STOPSIGNAL, USER, VOLUME and WORKDIR. Variables stand for
   * those the settings have at that point.
   *
   * @throws ImageException of kind INVALID for any other instruction and for one that is malformed
   */
  public static ImageConfig apply(ImageConfig config, List<String> changes) throws ImageException {
    ConfigChanges changed = new ConfigChanges(config);
    for (String change : changes) {
      try {
        changed.apply(change, DockerfileParser.parseTrigger("--change", change));
      } catch (DockerfileException e) {
        throw invalid(e.problems().getFirst().sentence() + ": " + change);
      } catch (SyntaxException e) {
        throw invalid(e.text() + "; " + e.nextMove() + ": " + change);
      }
    }
    return changed.config();
  }

  private ImageConfig config() {
    return new ImageConfig(
        user,
        ports,
        env.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList(),
        entrypoint,
        command,
        volumes,
        directory,
        labels,
        stopSignal,
        healthcheck,
        shell,
        triggers);
  }

  private void apply(String text, Instruction instruction) throws ImageException, SyntaxException {
    switch (instruction) {
      case Instruction.Env change -> env.putAll(words(change.variables()));
      case Instruction.Label change -> labels.putAll(words(change.labels()));
      case Instruction.Expose change -> {
        for (String word : change.ports()) {
          for (String port : LEXER.expand(word, env::get).words()) {
            ports.add(port.indexOf('/') < 0 ? port + "/tcp" : port.toLowerCase(Locale.ROOT));
          }
        }
      }
      case Instruction.Volume change -> {
        for (String path : change.paths()) {
          volumes.add(word(path));
        }
      }
      case Instruction.User change -> user = word(change.user());
      case Instruction.Workdir change -> {
        String path = word(change.path());
        directory = path.startsWith("/") ? path : directory + "/" + path;
      }
      case Instruction.Cmd change -> command = change.command().arguments(shell());
      case Instruction.Entrypoint change -> entrypoint = change.command().arguments(shell());
      case Instruction.Healthcheck change -> healthcheck = change.check();
      case Instruction.Shell change -> shell = change.shell();
      case Instruction.StopSignal change -> stopSignal = word(change.signal());
      case Instruction.OnBuild change -> triggers.add(change.trigger());
      case Instruction.From _,
          Instruction.Run _,
          Instruction.Copy _,
          Instruction.Add _,
          Instruction.Arg _,
          Instruction.Maintainer _ ->
          throw invalid(
              "\""
                  + text
                  + "\" is no change of settings; write CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK,"
                  + " LABEL, ONBUILD, SHELL, STOPSIGNAL, USER, VOLUME or WORKDIR");
    }
  }

  /** All words see the variables as they were before the instruction. */
  private Map<String, String> words(List<KeyValue> pairs) throws SyntaxException {
    Map<String, String> words = new LinkedHashMap<>();
    for (KeyValue pair : pairs) {
      words.put(word(pair.key()), word(pair.value()));
    }
    return words;
  }

  private String word(String text) throws SyntaxException {
    return LEXER.expand(text, env::get).text();
  }

  private List<String> shell() {
    return shell.isEmpty() ? USUAL_SHELL : shell;
  }

  private static ImageException invalid(String message) {
    return new ImageException(ImageException.Kind.INVALID, message);
  }
}
