package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.Mount;
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
      case RootFilesystem.Overlay overlay ->
          overlay(
              overlay.lower().reversed(),
              List.of(overlay.upper(), overlay.work()),
              directory,
              arg(0));
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

  /** Mounts what is shown of an image, all of it, over its place. */
  void readOnly(Mount.Layers layers) {
    overlay(layers.topFirst(), List.of(), layers.place().toString(), Flags.MS_RDONLY.argument());
  }

  /**
   * @param writable what is written to and scratch space, or nothing
   */
  private void overlay(
      List<Path> highestFirst, List<Path> writable, String directory, Argument flags) {
    String options =
        options(highestFirst.stream().map(Path::toString), writable.stream().map(Path::toString));
    List<Path> all = Stream.concat(highestFirst.stream(), writable.stream()).toList();
    boolean plain = all.stream().noneMatch(path -> path.toString().matches(".*[:,\\\\].*"));
    if (!plain || options.length() > MOST_OPTION_BYTES) {
      // Descriptors as paths: short, and free of what separates options.
      for (int i = 0; i < all.size(); i++) {
        hold(all.get(i), FIRST_LAYER + i);
      }
      int upper = FIRST_LAYER + highestFirst.size();
      options =
          options(
              IntStream.range(FIRST_LAYER, upper).mapToObj(Integer::toString),
              IntStream.range(upper, upper + writable.size()).mapToObj(Integer::toString));
      // Numbers alone: 500 layers, which is all the kernel takes, then fit into the options.
      program.call(Syscall.CHDIR, arg("/proc/self/fd")).about("look at the layers");
    }
    program
        .call(Syscall.MOUNT, arg("overlay"), arg(directory), arg("overlay"), flags, arg(options))
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

  private static String options(Stream<String> lower, Stream<String> writable) {
    List<String> last = writable.toList();
    return "lowerdir="
        + lower.collect(Collectors.joining(":"))
        + (last.isEmpty() ? "" : ",upperdir=" + last.getFirst() + ",workdir=" + last.getLast());
  }
}
