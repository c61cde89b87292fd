package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of system calls that a tiny interpreter walks in a new process. Results and places to go
 * on at have names; {@link Layout} turns them into addresses and distances.
 *
 * @param entries in order
 * @param labels name to index of the entry it stands before
 */
public record LaunchProgram(List<Entry> entries, Map<String, Integer> labels) {

  /** Descriptor on which the program reports, and waits for the engine. */
  public static final int STATUS = 3;

  public LaunchProgram {
    entries = List.copyOf(entries);
    labels = Map.copyOf(labels);
  }

  /** A builder of an empty program. */
  public static Builder builder() {
    return new Builder();
  }

  /** The text form: one call per line, for people and for tests. */
  public String text() {
    return new ProgramText(this).toString();
  }

  /** Collects entries. */
  public static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private int fresh;

    private Builder() {}

    /** Adds a call; what else there is to say of it is said to the step. */
    public Step call(Syscall call, Argument... arguments) {
      Step step = new Step(call, List.of(arguments));
      steps.add(step);
      return step;
    }

    /** Names the place before the next call. */
    public void label(String name) {
      if (labels.put(name, steps.size()) != null) {
        throw new IllegalArgumentException("label " + name + " is there twice");
      }
    }

    /** A name nobody has used yet. */
    public String fresh(String stem) {
      return stem + "#" + ++fresh;
    }

    /** Goes on at a label whatever happens: any call with a result above zero will do. */
    public void jump(String label) {
      call(Syscall.GETPID).about("go on at " + label).ifPositive(label);
    }

    /** The finished program. */
    public LaunchProgram build() {
      return new LaunchProgram(steps.stream().map(Step::entry).toList(), labels);
    }
  }

  /** A call being described. */
  public static final class Step {
    private final Syscall call;
    private final List<Argument> arguments;
    private final Set<Errno> tolerated = new LinkedHashSet<>();
    private String about;
    private @Nullable String save;
    private long least;
    private @Nullable String ifPositive;
    private @Nullable String ifTolerated;
    private boolean reported;

    private Step(Syscall call, List<Argument> arguments) {
      this.call = call;
      this.arguments = arguments;
      this.about = call.toString();
    }

    /** What an error message calls it. */
    public Step about(String words) {
      about = words;
      return this;
    }

    /** Keeps the result under a name. */
    public Step save(String name) {
      save = name;
      return this;
    }

    /** Goes on after these errors. */
    public Step tolerating(Errno... errors) {
      tolerated.addAll(List.of(errors));
      return this;
    }

    /** Takes results below this for a failure. */
    public Step atLeast(long result) {
      least = result;
      return this;
    }

    /** Goes on at a later label after a result above zero. */
    public Step ifPositive(String label) {
      ifPositive = label;
      return this;
    }

    /** Goes on at a later label after a tolerated error. */
    public Step ifTolerated(String label) {
      ifTolerated = label;
      return this;
    }

    /** Tells the engine the result. */
    public Step reported() {
      reported = true;
      return this;
    }

    private Entry entry() {
      return new Entry(
          call, arguments, about, save, tolerated, least, ifPositive, ifTolerated, reported);
    }
  }
}
