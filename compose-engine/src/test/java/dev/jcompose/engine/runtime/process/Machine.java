package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.cgroup.CgroupLayout;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.Cgroups;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.EventThread;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.jna.JnaKernel;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Rlimit;
import dev.jcompose.engine.runtime.RootFilesystem;
import dev.jcompose.engine.runtime.StandardMounts;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** The real kernel of this machine, with a root file system to run containers from. */
final class Machine {
  private static final String PATH = "PATH=/usr/bin:/bin";
  private static final AtomicReference<Machine> INSTANCE = new AtomicReference<>();

  final Kernel kernel = new JnaKernel();
  final KernelEvents events = new EventThread(kernel);
  final Cgroups cgroups = new Cgroups(kernel, CgroupLayout.ofHost());
  final ContainerRuntime runtime = new ProgramRuntime(kernel, events, cgroups);
  final Path base;
  final Path rootfs;
  private final String parent = "/jcompose-test-" + ProcessHandle.current().pid();

  private Machine() throws IOException, InterruptedException {
    kernel.makeUndumpable();
    base = Files.createTempDirectory("jcompose-runtime");
    rootfs = HostRootfs.make(base.resolve("rootfs"));
    Runtime.getRuntime().addShutdownHook(new Thread(this::removeAll));
  }

  /** The machine, or a skipped test where it cannot be used. */
  static Machine orSkip() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "SKIPPED: starting containers needs root");
    synchronized (INSTANCE) {
      if (INSTANCE.get() == null) {
        INSTANCE.set(new Machine());
      }
      return INSTANCE.get();
    }
  }

  private void removeAll() {
    for (var hierarchy : cgroups.layout().hierarchies()) {
      try {
        Files.deleteIfExists(hierarchy.mountPoint().resolve(parent.substring(1)));
      } catch (IOException left) {
        System.err.println("control group left behind: " + left);
      }
    }
    try {
      new ProcessBuilder("rm", "-rf", base.toString()).start().waitFor();
    } catch (IOException | InterruptedException e) {
      System.err.println("files left behind: " + e);
    }
  }

  /** Where the control group of a container is, in every hierarchy. */
  List<Path> cgroupDirectories(LaunchSpec spec) {
    return cgroups.layout().hierarchies().stream()
        .map(hierarchy -> hierarchy.mountPoint().resolve(spec.cgroup().path().substring(1)))
        .toList();
  }

  static String randomId() {
    byte[] id = new byte[32];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** A container like Docker's default that runs a shell command. */
  LaunchSpec shell(String command) throws IOException {
    return spec(List.of("/bin/sh", "-c", command));
  }

  LaunchSpec spec(List<String> arguments) throws IOException {
    String id = randomId();
    Path directory = Files.createDirectories(base.resolve(id));
    for (String name : List.of("upper", "work", "merged")) {
      Files.createDirectories(directory.resolve(name));
    }
    kernel.makeFifo(directory.resolve("stdout"), 0600);
    kernel.makeFifo(directory.resolve("stderr"), 0600);
    return new LaunchSpec(
        id,
        new RootFilesystem.Overlay(
            List.of(rootfs),
            directory.resolve("upper"),
            directory.resolve("work"),
            directory.resolve("merged"),
            false),
        StandardMounts.with(List.of(), StandardMounts.SHM_BYTES, false),
        process(arguments),
        Namespaces.OWN,
        "box",
        null,
        LaunchSpec.NETWORK_SYSCTLS,
        List.of(),
        LaunchSpec.MASKED_PATHS,
        LaunchSpec.READ_ONLY_PATHS,
        new SeccompProfile.Standard(),
        new CgroupSpec(parent + "/" + id, Limits.NONE, DeviceRule.standard()),
        new Stdio.Fifos(null, directory.resolve("stdout"), directory.resolve("stderr")));
  }

  static ProcessSpec process(List<String> arguments) {
    return new ProcessSpec(
        arguments,
        List.of(PATH, "HOME=/root"),
        "/",
        Identity.ROOT,
        Capabilities.of(Capabilities.STANDARD, 0),
        false,
        Rlimit.standard(),
        null,
        022,
        false);
  }

  /** What a container wrote, and how it ended. */
  record Outcome(String stdout, String stderr, ExitStatus status) {}

  /** Runs a container to its end. */
  Outcome run(LaunchSpec spec) throws Exception {
    try (Running running = start(spec)) {
      return running.await();
    }
  }

  Running start(LaunchSpec spec) throws Exception {
    Stdio.Fifos fifos = (Stdio.Fifos) spec.stdio();
    Collector out = new Collector(kernel.open(fifos.stdout(), Abi.O_RDONLY | Abi.O_NONBLOCK, 0));
    Collector err = new Collector(kernel.open(fifos.stderr(), Abi.O_RDONLY | Abi.O_NONBLOCK, 0));
    try {
      Launched launched = runtime.create(spec);
      runtime.start(launched);
      return new Running(launched, out, err);
    } catch (LaunchException failed) {
      out.close();
      err.close();
      throw failed;
    }
  }

  /** A running container; closing it ends it. */
  final class Running implements AutoCloseable {
    final Launched launched;
    private final Collector out;
    private final Collector err;

    Running(Launched launched, Collector out, Collector err) {
      this.launched = launched;
      this.out = out;
      this.err = err;
    }

    Outcome await() throws Exception {
      CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
      launched.onExit(exit::complete);
      ExitStatus status = exit.get(20, TimeUnit.SECONDS);
      return new Outcome(out.text(), err.text(), status);
    }

    String output() {
      return out.soFar();
    }

    Outcome exec(String command) throws Exception {
      return exec(process(List.of("/bin/sh", "-c", command)));
    }

    Outcome exec(ProcessSpec process) throws Exception {
      Execution execution =
          runtime.exec(
              new ExecSpec(process, new SeccompProfile.Standard(), new Stdio.Pipes(false)),
              launched);
      Collector stdout = new Collector(execution.stdout().getAsInt());
      Collector stderr = new Collector(execution.stderr().getAsInt());
      CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
      execution.onExit(exit::complete);
      ExitStatus status = exit.get(20, TimeUnit.SECONDS);
      return new Outcome(stdout.text(), stderr.text(), status);
    }

    @Override
    public void close() {
      runtime.discard(launched);
    }
  }

  /** Reads a pipe to its end. */
  final class Collector {
    private final int descriptor;
    private final KernelEvents.Watch watch;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> whole = new CompletableFuture<>();

    Collector(int descriptor) {
      this.descriptor = descriptor;
      this.watch = events.watch(descriptor, this::read);
    }

    private void read(KernelEvents.Watch watch) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
      try {
        while (true) {
          int count = kernel.read(descriptor, buffer.clear());
          if (count < 0) {
            return;
          }
          if (count == 0) {
            watch.close();
            kernel.close(descriptor);
            whole.complete(soFar());
            return;
          }
          synchronized (text) {
            text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
          }
        }
      } catch (dev.jcompose.engine.linux.KernelException hungUp) {
        watch.close();
        kernel.close(descriptor);
        whole.complete(soFar());
      }
    }

    String soFar() {
      synchronized (text) {
        return text.toString();
      }
    }

    String text() throws Exception {
      return whole.get(5, TimeUnit.SECONDS);
    }

    void close() {
      watch.close();
      kernel.close(descriptor);
    }
  }

  static LaunchSpec with(LaunchSpec s, UnaryOperator<ProcessSpec> change) {
    return copy(
        s, s.root(), s.mounts(), change.apply(s.process()), s.namespaces(), s.cgroup(), s.stdio());
  }

  static LaunchSpec withMounts(LaunchSpec s, Mount... mounts) {
    return copy(
        s,
        s.root(),
        StandardMounts.with(Arrays.asList(mounts), StandardMounts.SHM_BYTES, false),
        s.process(),
        s.namespaces(),
        s.cgroup(),
        s.stdio());
  }

  static LaunchSpec copy(
      LaunchSpec s,
      RootFilesystem root,
      List<Mount> mounts,
      ProcessSpec process,
      Namespaces namespaces,
      CgroupSpec cgroup,
      Stdio stdio) {
    return new LaunchSpec(
        s.id(),
        root,
        mounts,
        process,
        namespaces,
        s.hostname(),
        s.domainname(),
        s.sysctls(),
        s.devices(),
        s.maskedPaths(),
        s.readOnlyPaths(),
        s.seccomp(),
        cgroup,
        stdio);
  }
}
