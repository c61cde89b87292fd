package dev.jcompose.core.problem;

import java.util.Collection;
import java.util.List;

/** The input cannot be used; carries every problem found, in the order of the files. */
public final class ComposeException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;
  private final boolean ofRequest;

  /**
   * Makes an exception of at least one problem.
   *
   * @param problems what is wrong; not empty
   */
  public ComposeException(List<Problem> problems) {
    this(problems, false);
  }

  private ComposeException(List<Problem> problems, boolean ofRequest) {
    // A user's mistake is not a fault of the program: no stack trace, which also costs time.
    super(join(problems), null, false, false);
    this.problems = List.copyOf(problems);
    this.ofRequest = ofRequest;
  }

  /** An exception of one problem. */
  public ComposeException(Problem problem) {
    this(List.of(problem));
  }

  /**
   * Refuses services that the files do not have.
   *
   * @param asked names of services
   * @param known the names there are
   * @throws ComposeException as of {@link #noServices}, for all that are not there
   */
  public static void requireServices(Collection<String> asked, Collection<String> known)
      throws ComposeException {
    List<String> unknown = asked.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw noServices(unknown, known);
    }
  }

  /**
   * The files are in order and do not have the services that were asked for.
   *
   * @param unknown their names; not empty
   * @param known the names there are
   */
  public static ComposeException noServices(Collection<String> unknown, Collection<String> known) {
    String next =
        known.isEmpty()
            ? "add it to the Compose file"
            : "the services are " + String.join(", ", known);
    return new ComposeException(
        unknown.stream()
            .map(
                name ->
                    new Problem(Location.NONE, "", "there is no service \"" + name + "\"", next))
            .toList(),
        true);
  }

  /** Whether the files are in order and something was asked for that is not in them. */
  public boolean isOfRequest() {
    return ofRequest;
  }

  /** What is wrong; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  private static String join(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(problem);
    }
    return text.toString();
  }
}
