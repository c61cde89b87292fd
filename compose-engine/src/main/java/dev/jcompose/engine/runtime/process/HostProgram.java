package dev.jcompose.engine.runtime.process;

import static dev.jcompose.engine.launch.Argument.arg;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.ElfImage;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.Execution;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A program of the machine. Java's own way to start one cannot choose its first argument, by which
 * some programs decide what to do.
 */
final class HostProgram {
  private static final int FIRST_STREAM = 3;
  private static final long LAST_DESCRIPTOR = 0xffffffffL;
  private static final int CANNOT_RUN = 127;

  private HostProgram() {}

  static Execution start(
      Kernel kernel,
      KernelEvents events,
      Architecture architecture,
      Streams streams,
      String file,
      List<String> arguments,
      List<String> environment,
      Path directory) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    for (int target = 0; target < 3; target++) {
      program.call(Syscall.DUP3, arg(FIRST_STREAM + target), arg(target), arg(0));
    }
    program.call(Syscall.CLOSE_RANGE, arg(FIRST_STREAM), arg(LAST_DESCRIPTOR), arg(0));
    program.call(Syscall.CHDIR, arg(directory.toString()));
    program.call(
        Syscall.EXECVE, arg(file), new Argument.Texts(arguments), new Argument.Texts(environment));
    program.call(Syscall.EXIT_GROUP, arg(CANNOT_RUN));
    int image = kernel.sealedMemory("jcompose", ElfImage.of(program.build(), architecture));
    try {
      int pid = kernel.spawn("/proc/self/fd/" + image, List.of("jcompose"), streams.ends());
      return new ExecutedProcess(
          new WatchedProcess(kernel, events, pid, () -> false, null),
          streams.takeStdin(),
          streams.takeStdout(),
          streams.takeStderr(),
          OptionalInt.empty());
    } finally {
      kernel.close(image);
    }
  }
}
