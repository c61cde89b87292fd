package dev.jcompose.engine.build.dockerfile;

import dev.jcompose.engine.image.ImageConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a Dockerfile, as written: variables are not expanded, and words keep the
 * quotes and escapes they have. Rules from BuildKit's Dockerfile frontend 1.26.
 */
public sealed interface Instruction {
  /** Where it stands. */
  Origin origin();

  /** Its keyword in upper case. */
  default String keyword() {
    return origin().keyword().toUpperCase(java.util.Locale.ROOT);
  }

  /**
   * Begins a stage.
   *
   * @param base an image, an earlier stage, a named context, or {@code scratch}
   * @param platform {@code --platform}; empty for none
   * @param name after AS, in lower case; empty for none
   */
  record From(Origin origin, String base, String platform, String name) implements Instruction {}

  /**
   * Runs a command and keeps what it changes.
   *
   * @param command with the heredocs of a shell form not yet in it
   * @param heredocs in the order of the line
   * @param mounts values of {@code --mount}, in order, as written
   * @param network {@code default}, {@code none} or {@code host}
   * @param security {@code sandbox} or {@code insecure}
   * @param devices values of {@code --device}, as written
   */
  record Run(
      Origin origin,
      Command command,
      List<Heredoc> heredocs,
      List<String> mounts,
      String network,
      String security,
      List<String> devices)
      implements Instruction {
    public Run {
      heredocs = List.copyOf(heredocs);
      mounts = List.copyOf(mounts);
      devices = List.copyOf(devices);
    }
  }

  /**
   * Copies from the context, a stage, an image or a named context.
   *
   * @param from name or number of a stage, name of a context, or an image; empty for the context
   * @param parents whether the folders of the sources are kept below the destination
   */
  record Copy(Origin origin, Transfer transfer, String from, boolean parents)
      implements Instruction {}

  /**
   * Copies from the context, from archives in it, and from the network.
   *
   * @param keepGitDir whether a repository keeps its {@code .git}
   * @param checksum {@code sha256:...} or a commit; empty for none
   * @param unpack whether archives are unpacked; null for the rule of each kind of source
   */
  record Add(
      Origin origin,
      Transfer transfer,
      boolean keepGitDir,
      String checksum,
      @Nullable Boolean unpack)
      implements Instruction {}

  /**
   * Sets variables of the image.
   *
   * @param legacy whether it was written {@code ENV name value}
   */
  record Env(Origin origin, List<KeyValue> variables, boolean legacy) implements Instruction {
    public Env {
      variables = List.copyOf(variables);
    }
  }

  /**
   * Labels the image.
   *
   * @param legacy whether it was written {@code LABEL name value}
   */
  record Label(Origin origin, List<KeyValue> labels, boolean legacy) implements Instruction {
    public Label {
      labels = List.copyOf(labels);
    }
  }

  /** Declares what the one who builds may set. */
  record Arg(Origin origin, List<Declaration> declarations) implements Instruction {
    /**
     * One of them.
     *
     * @param name not blank
     * @param value the default, with its quotes; null for none
     */
    public record Declaration(String name, @Nullable String value) {}

    public Arg {
      declarations = List.copyOf(declarations);
    }
  }

  /**
   * Names ports.
   *
   * @param ports words as written; a variable may give several
   */
  record Expose(Origin origin, List<String> ports) implements Instruction {
    public Expose {
      ports = List.copyOf(ports);
    }
  }

  /** Names paths that get a volume. */
  record Volume(Origin origin, List<String> paths) implements Instruction {
    public Volume {
      paths = List.copyOf(paths);
    }
  }

  /** Sets who runs what follows. */
  record User(Origin origin, String user) implements Instruction {}

  /** Sets the working directory, and makes it. */
  record Workdir(Origin origin, String path) implements Instruction {}

  /** Sets the default command. */
  record Cmd(Origin origin, Command command) implements Instruction {}

  /** Sets what comes before the command; an empty argument vector resets it. */
  record Entrypoint(Origin origin, Command command) implements Instruction {}

  /**
   * Sets how containers are probed.
   *
   * @param check its test is {@code NONE} alone, or {@code CMD} or {@code CMD-SHELL} and what to
   *     run
   */
  record Healthcheck(Origin origin, ImageConfig.Healthcheck check) implements Instruction {}

  /**
   * Sets what runs the shell forms.
   *
   * @param shell not empty
   */
  record Shell(Origin origin, List<String> shell) implements Instruction {
    public Shell {
      shell = List.copyOf(shell);
    }
  }

  /** Sets how containers are told to stop. */
  record StopSignal(Origin origin, String signal) implements Instruction {}

  /**
   * Leaves an instruction to the images built on this one.
   *
   * @param trigger the instruction with its heredocs, as the image's configuration keeps it
   */
  record OnBuild(Origin origin, String trigger) implements Instruction {}

  /** Names the author. */
  record Maintainer(Origin origin, String author) implements Instruction {}
}
