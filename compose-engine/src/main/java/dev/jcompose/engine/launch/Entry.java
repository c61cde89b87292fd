package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a launch program.
 *
 * @param call which call
 * @param arguments at most six
 * @param about what it is for, as an error message names it, such as {@code mount /proc}
 * @param save name under which the result, or the tolerated error, is kept; null for none
 * @param tolerated errors after which the program goes on
 * @param least smallest result that is not a failure
 * @param ifPositive label to go on at after a result above zero; null for the next entry
 * @param ifTolerated label to go on at after a tolerated error; null for the next entry
 * @param reported whether the result is told to the engine
 */
public record Entry(
    Syscall call,
    List<Argument> arguments,
    String about,
    @Nullable String save,
    Set<Errno> tolerated,
    long least,
    @Nullable String ifPositive,
    @Nullable String ifTolerated,
    boolean reported) {
  public Entry {
    arguments = List.copyOf(arguments);
    tolerated = Set.copyOf(tolerated);
    if (arguments.size() > 6) {
      throw new IllegalArgumentException(call + " has more than six arguments");
    }
  }
}
