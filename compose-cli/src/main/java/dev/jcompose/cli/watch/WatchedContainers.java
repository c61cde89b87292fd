package dev.jcompose.cli.watch;

import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.engine.tar.LocalArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The running containers of a project: files go into them, and commands run in them. */
final class WatchedContainers {
  private final Engine engine;
  private final String project;

  WatchedContainers(Engine engine, String project) {
    this.engine = engine;
    this.project = project;
  }

  /** Those of a service that run, the lowest number first. */
  List<ContainerView> of(String service) {
    List<String> labels =
        List.of(
            Labels.PROJECT + "=" + project,
            Labels.SERVICE + "=" + service,
            Labels.ONE_OFF + "=False");
    return engine.containers(labels).stream()
        .filter(container -> container.status().up())
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  /**
   * Makes a container's files those of this machine: one archive with all that are there, and one
   * command that removes those that are not.
   *
   * @param files the file of this machine by its absolute path in the container
   */
  void put(String container, Map<String, Path> files) throws IOException {
    Map<String, Path> there = new TreeMap<>();
    List<String> gone = new ArrayList<>();
    Map<String, Path> wanted = new TreeMap<>(files);
    // The root directory itself is there and stays.
    wanted.remove("/");
    wanted.forEach(
        (target, file) -> {
          if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            there.put(target, file);
          } else {
            gone.add(target);
          }
        });
    if (!gone.isEmpty()) {
      // As root: what the engine could write for us has to go, whoever the container's user is.
      List<String> command = new ArrayList<>(List.of("rm", "-rf", "--"));
      command.addAll(gone);
      run(
          container,
          new ExecRequest(command, List.of(), "/", "0", false, false, false, false),
          "rm -rf");
    }
    if (!there.isEmpty()) {
      // The engine gives them to the container's user, as docker compose has it do.
      try (InputStream tar = LocalArchive.stream(archive -> pack(archive, there))) {
        engine.putArchive(container, "/", tar, true);
      }
    }
  }

  private static void pack(LocalArchive archive, Map<String, Path> files) throws IOException {
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try {
        archive.addAlone(file.getValue(), file.getKey().substring(1));
      } catch (NoSuchFileException e) {
        // Taken away just now; the next batch has that.
      }
    }
  }

  /**
   * Runs a command to its end.
   *
   * @return what it said
   * @throws EngineException when it ends with another code than 0
   */
  String run(String container, ExecHook hook) {
    return run(container, hook.request(), String.join(" ", hook.request().command()));
  }

  private String run(String container, ExecRequest request, String name) {
    try (ExecSession session = engine.exec(container, request)) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      for (Output output = session.next(); output != null; output = session.next()) {
        byte[] bytes = new byte[output.bytes().remaining()];
        output.bytes().get(bytes);
        said.writeBytes(bytes);
      }
      String text = said.toString(StandardCharsets.UTF_8).strip();
      int code = session.exitCode();
      if (code != 0) {
        throw new EngineException(
            EngineException.Reason.FAILED,
            name + " ended with code " + code + (text.isEmpty() ? "" : " and said: " + text));
      }
      return text;
    }
  }
}
