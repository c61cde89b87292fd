package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.RootFilesystem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The part of a program that mounts a container's root file system. */
final class RootSteps {
  /** mount(2) takes one page of options. */
  private static final int MOST_OPTION_BYTES = 4000;

  private final Steps steps;
  private final LaunchProgram.Builder program;

  RootSteps(Steps steps) {
    this.steps = steps;
    this.program = steps.program;
  }

  /** Mounts it, and opens it as {@code root}. */
  void mount(RootFilesystem root) {
    String directory = root.directory().toString();
    switch (root) {
      case RootFilesystem.Overlay overlay -> overlay(overlay, directory);
      case RootFilesystem.Directory _ ->
          program
              .call(
                  Syscall.MOUNT,
                  arg(directory),
                  arg(directory),
                  arg(0),
                  Flags.MS_BIND.or(Flags.MS_REC).argument(),
                  arg(0))
              .about("mount " + directory + " on itself");
    }
    program
        .call(
            Syscall.OPENAT,
            Constant.AT_FDCWD.argument(),
            arg(directory),
            steps.directoryPath().argument())
        .about("open the root")
        .save("root");
  }

  private void overlay(RootFilesystem.Overlay overlay, String directory) {
    List<Path> highestFirst = overlay.lower().reversed();
    String options =
        options(
            highestFirst.stream().map(Path::toString),
            overlay.upper().toString(),
            overlay.work().toString());
    boolean plain =
        Stream.concat(overlay.lower().stream(), Stream.of(overlay.upper(), overlay.work()))
            .noneMatch(path -> path.toString().matches(".*[:,\\\\].*"));
    if (!plain || options.length() > MOST_OPTION_BYTES) {
      // Descriptors as paths: short, and free of what separates options.
      List<Path> all =
          Stream.concat(highestFirst.stream(), Stream.of(overlay.upper(), overlay.work())).toList();
      for (int i = 0; i < all.size(); i++) {
        hold(all.get(i), FIRST_LAYER + i);
      }
      int upper = FIRST_LAYER + highestFirst.size();
      options =
          options(
              IntStream.range(FIRST_LAYER, upper).mapToObj(Integer::toString),
              Integer.toString(upper),
              Integer.toString(upper + 1));
      // Numbers alone: 500 layers, which is all the kernel takes, then fit into the options.
      program.call(Syscall.CHDIR, arg("/proc/self/fd")).about("look at the layers");
    }
    program
        .call(Syscall.MOUNT, arg("overlay"), arg(directory), arg("overlay"), arg(0), arg(options))
        .about("mount the layers on " + directory);
  }

  private static final int FIRST_LAYER = 600;

  private void hold(Path path, int number) {
    String save = program.fresh("layer");
    program
        .call(
            Syscall.OPENAT,
            Constant.AT_FDCWD.argument(),
            arg(path.toString()),
            steps.directoryPath().argument())
        .about("open " + path)
        .save(save);
    program.call(Syscall.DUP3, saved(save), arg(number), Flags.CLOEXEC.argument());
  }

  private static String options(Stream<String> lower, String upper, String work) {
    return "lowerdir="
        + lower.collect(Collectors.joining(":"))
        + ",upperdir="
        + upper
        + ",workdir="
        + work;
  }
}
