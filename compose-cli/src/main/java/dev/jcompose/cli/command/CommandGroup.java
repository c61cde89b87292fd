package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A verb whose first operand is a verb of its own, such as {@code image ls}. */
public final class CommandGroup implements Command {
  private final String name;
  private final List<Member> members;
  private final List<String> notes;

  /**
   * One verb of the group.
   *
   * @param sentence what it does, without a full stop
   */
  public record Member(String word, String sentence, Supplier<Command> command) {}

  /**
   * Creates a group.
   *
   * @param name full name, such as {@code jcompose image}
   * @param notes lines that close its help
   */
  public CommandGroup(String name, List<Member> members, List<String> notes) {
    this.name = name;
    this.members = List.copyOf(members);
    this.notes = List.copyOf(notes);
  }

  @Override
  public List<Member> members() {
    return members;
  }

  @Override
  public void describe(Syntax syntax) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    members.forEach(member -> lines.add("  %-28s%s".formatted(member.word(), member.sentence())));
    if (!notes.isEmpty()) {
      lines.add("");
      lines.addAll(notes);
    }
    syntax
        .operands("ACTION", "1..*", "One of the actions below, with its arguments.")
        .stopAtOperand()
        .note(lines.toArray(String[]::new));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    // A member that was named has been run instead of the group.
    throw UserError.usage(
        name
            + " has no \""
            + arguments.operands().getFirst()
            + "\"; write "
            + members.stream().map(Member::word).collect(Collectors.joining(", ")));
  }
}
